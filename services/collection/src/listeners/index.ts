/**
 * Everything that takes telemetry from outside: it authenticates, appends to the tenant's ingest topic, acknowledges.
 */
import { openRates, type ServiceContext } from '#libs/service';
import type { CollectionConfig } from '../config.js';
import { httpListener } from './http.js';
import { ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import { ingestRecords } from './ingest-records.js';
import { syslogListener } from './syslog.js';
import { ingestVerifier } from './tokens.js';

const SWEEP_MS = 1_000;

/** Starts the listeners. @returns how to stop them: what was taken is acknowledged first. */
export const listen = async (context: ServiceContext<CollectionConfig>): Promise<() => Promise<void>> => {
  const { settings, out, log, config, clock } = context;
  const bytes = new ByteBudget(config.HTTP_MAX_PENDING_BYTES);
  const now = (): number => performance.now();
  const append = (...appended: Parameters<typeof ingestRecords>): Promise<void> => out.send(ingestRecords(...appended));
  const rates = openRates({ perSecond: config.HTTP_REQUESTS_PER_SECOND, burst: config.HTTP_REQUESTS_AT_ONCE });
  const http = httpListener({
    verify: ingestVerifier(config.TOKEN_ISSUERS, () => clock.now()),
    paced: ({ tenant, sources }) => rates.take(`${tenant} ${sources.join()}`, 1, now()),
    sourcesOf: (tenant) => {
      const state = settings.get(tenant);
      return state?.active ? state.sources.map(({ name }) => name) : undefined;
    },
    append,
    log,
    bytes: bytes,
    now,
    mostBytes: config.HTTP_MAX_BYTES,
    connections: { total: config.HTTP_MAX_CONNECTIONS, ofAddress: config.HTTP_MAX_CONNECTIONS_PER_ADDRESS },
  });
  await new Promise<void>((listening, failed) => {
    http.server.once('error', failed).listen(config.HTTP_PORT, config.LISTEN_HOST, listening);
  });
  const connections = {
    ofTenant: new CountLimit(config.SYSLOG_MAX_CONNECTIONS_PER_TENANT),
    inAll: new CountLimit(config.SYSLOG_MAX_CONNECTIONS),
  };
  const syslogs = await Promise.all(
    config.SYSLOG_LISTENERS.map((at) =>
      syslogListener(at, config.LISTEN_HOST, { append, log, bytes: bytes, connections: connections, now }),
    ),
  );
  const sweeping = setInterval(() => [http, ...syslogs].forEach((one) => one.sweep()), SWEEP_MS);
  log.info({ http: http.server.address(), syslog: config.SYSLOG_LISTENERS.map(({ port }) => port) }, 'listening');
  return async () => {
    clearInterval(sweeping);
    await Promise.all(syslogs.map((one) => one.close()));
    await new Promise<void>((closed) => {
      http.server.close(() => closed());
      http.server.closeIdleConnections();
    });
  };
};
