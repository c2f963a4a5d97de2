/** Everything that takes telemetry from outside: it authenticates, appends to the tenant's ingest topic, acknowledges. */
import type { ServiceContext } from '#libs/service';
import type { CollectionConfig } from '../config.js';
import { ingestTopic } from '../normaliser/place.js';
import { httpListener } from './http.js';
import { packed } from './packing.js';
import { syslogListener } from './syslog.js';
import { tokenVerifier } from './tokens.js';

/** Starts the listeners. @returns how to stop them: what was taken is acknowledged first. */
export const listen = async (context: ServiceContext): Promise<() => Promise<void>> => {
  const { settings, out, log } = context;
  const config = context.config as CollectionConfig;
  const append = (tenant: string, source: string, events: Buffer[]): Promise<void> =>
    out.send(packed(events).map((value) => ({ topic: ingestTopic(tenant, source), key: null, value, headers: {} })));
  const server = httpListener({
    verify: tokenVerifier(config.TOKEN_ISSUERS),
    sourcesOf: (tenant) => {
      const state = settings.get(tenant);
      return state?.active ? state.sources.map(({ name }) => name) : undefined;
    },
    append, log, mostBytes: config.HTTP_MAX_BYTES, mostPendingBytes: config.HTTP_MAX_PENDING_BYTES,
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(config.HTTP_PORT, config.LISTEN_HOST, listening);
  });
  const syslogs = await Promise.all(config.SYSLOG_LISTENERS.map((at) => syslogListener(at, config.LISTEN_HOST, { append, log })));
  log.info({ http: server.address(), syslog: config.SYSLOG_LISTENERS.map(({ port }) => port) }, 'listening');
  return async () => {
    await Promise.all(syslogs.map((one) => one.close()));
    await new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeIdleConnections();
    });
  };
};
