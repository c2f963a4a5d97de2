/**
 * Everything that takes telemetry from outside: it authenticates, appends to the tenant's ingest topic, acknowledges.
 */
import { Counter } from 'prom-client';
import { openRates, type ServiceContext } from '#libs/service';
import type { CollectionConfig } from '../config.js';
import type { RefusedBy } from './connections.js';
import { AddressLimit } from './addresses.js';
import { grpcListener } from './grpc.js';
import type { GrpcPorts } from './grpc-calls.js';
import { hooksFrom } from './hook-secrets.js';
import { httpListener, type HttpPorts } from './http.js';
import { MOST_REQUESTS } from './intake.js';
import { ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import { ingestRecords } from './ingest-records.js';
import { listening } from './listening.js';
import { syslogListener } from './syslog.js';
import { readReceipts } from '../effects/read-receipts.js';
import type { TlsFiles } from './tls-files.js';
import { ingestVerifier } from './tokens.js';

const SWEEP_MS = 1_000;

/** Counts connections that were closed because there were too many. */
const refusals = ({ metrics: { registry } }: Pick<CollectionContext, 'metrics'>) => {
  const counter = new Counter({
    name: 'vigie_connections_refused_total',
    help: 'Connections closed because there were too many: in all, of an address or tenant, or handshakes',
    labelNames: ['door', 'why'],
    registers: [registry],
  });
  return (door: 'http' | 'grpc' | 'syslog') =>
    (why: RefusedBy): void =>
      counter.inc({ door, why });
};

const tlsFiles = (config: CollectionConfig): TlsFiles => ({
  certificate: config.SYSLOG_TLS_CERT_FILE,
  key: config.SYSLOG_TLS_KEY_FILE,
  clientCa: config.SYSLOG_TLS_CLIENT_CA_FILE || undefined,
});

/** What is to be swept every second, and closed in the end. */
interface OpenListener {
  sweep(): void;
  close(): Promise<void>;
}

type CollectionContext = ServiceContext<CollectionConfig>;

/** What the doors with a token share: a tenant has one pace and one room at all of them. */
const sharedPorts = (
  { settings, log, config, clock, store }: CollectionContext,
  common: Pick<GrpcPorts, 'append' | 'bytes' | 'now'>,
) => {
  const rates = openRates({ perSecond: config.HTTP_REQUESTS_PER_SECOND, burst: config.HTTP_REQUESTS_AT_ONCE });
  const ports: GrpcPorts & HttpPorts = {
    ...common,
    verify: ingestVerifier(config.TOKEN_ISSUERS, () => clock.now()),
    paced: ({ tenant, subject }) => rates.take(`${tenant} ${subject}`, 1, common.now()),
    sourcesOf: (tenant) => {
      const state = settings.get(tenant);
      return state?.active ? state.sources.map(({ name }) => name) : undefined;
    },
    receipts: readReceipts(store),
    log,
    mostBytes: config.HTTP_MAX_BYTES,
    hooks: {
      find: hooksFrom(config.SECRETS_FILE, common.now, (problems) => log.error({ problems }, 'webhooks are not good')),
      nowMs: () => clock.now(),
    },
    connections: { total: config.HTTP_MAX_CONNECTIONS, ofAddress: config.HTTP_MAX_CONNECTIONS_PER_ADDRESS },
    requests: new CountLimit(MOST_REQUESTS),
  };
  return ports;
};

const openHttp = async (ports: HttpPorts, { HTTP_PORT, LISTEN_HOST }: CollectionConfig): Promise<OpenListener> => {
  const { server, sweep } = httpListener(ports);
  await listening(server, HTTP_PORT, LISTEN_HOST);
  return {
    sweep,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeIdleConnections();
      }),
  };
};

const openGrpc = async (
  ports: GrpcPorts & HttpPorts,
  { OTLP_GRPC_PORT, LISTEN_HOST }: CollectionConfig,
): Promise<OpenListener[]> => {
  if (OTLP_GRPC_PORT === null) return [];
  const listener = grpcListener(ports);
  await listening(listener.server, OTLP_GRPC_PORT, LISTEN_HOST);
  return [listener];
};

/** Starts the listeners. @returns how to stop them: what was taken is acknowledged first. */
export const listen = async (context: CollectionContext): Promise<() => Promise<void>> => {
  const { out, log, config } = context;
  const common = {
    bytes: new ByteBudget(config.HTTP_MAX_PENDING_BYTES),
    now: (): number => performance.now(),
    append: (...appended: Parameters<typeof ingestRecords>): Promise<void> => out.send(ingestRecords(...appended)),
  };
  const shared = sharedPorts(context, common);
  const connections = {
    ofTenant: new CountLimit(config.SYSLOG_MAX_CONNECTIONS_PER_TENANT),
    ofAddress: new AddressLimit(config.SYSLOG_MAX_CONNECTIONS_PER_ADDRESS),
    handshakes: new AddressLimit(config.SYSLOG_MAX_HANDSHAKES_PER_ADDRESS),
    inAll: new CountLimit(config.SYSLOG_MAX_CONNECTIONS),
  };
  const refused = refusals(context);
  const at = (door: 'http' | 'grpc') => ({
    ...shared,
    connections: { ...shared.connections, refused: refused(door) },
  });
  const tokened = [await openHttp(at('http'), config), ...(await openGrpc(at('grpc'), config))];
  const syslogs = await Promise.all(
    config.SYSLOG_LISTENERS.map((port) =>
      syslogListener(port, config.LISTEN_HOST, {
        ...common,
        log,
        connections,
        refused: refused('syslog'),
        tls: tlsFiles(config),
      }),
    ),
  );
  const all: OpenListener[] = [...syslogs, ...tokened];
  const sweeping = setInterval(() => all.forEach((one) => one.sweep()), SWEEP_MS);
  const { HTTP_PORT: http, OTLP_GRPC_PORT: otlpGrpc, SYSLOG_LISTENERS: syslog } = config;
  log.info({ http, otlpGrpc, syslog: syslog.map(({ port }) => port) }, 'listening');
  return async () => {
    clearInterval(sweeping);
    await Promise.all(all.map((one) => one.close()));
  };
};
