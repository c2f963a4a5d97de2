/** The service's own listeners on the loopback; what they would append to Kafka comes back. */
import { Agent, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { ingestTopic, type OutRecord } from '#libs/events';
import { Fault } from '#libs/model';
import { MOST_BODY_BYTES } from '../../../../services/collection/src/listeners/body.js';
import { ByteBudget } from '../../../../services/collection/src/listeners/byte-budget.js';
import { CountLimit } from '../../../../services/collection/src/listeners/count-limit.js';
import { httpListener } from '../../../../services/collection/src/listeners/http.js';
import { ingestRecords } from '../../../../services/collection/src/listeners/ingest-records.js';
import { syslogListener } from '../../../../services/collection/src/listeners/syslog.js';
import type { MeasuredWay } from './bodies.js';

const HOST = '127.0.0.1';
export const OWNER = { tenant: 'bench', source: 'source' };
const ROOM_BYTES = 1024 * 1024 * 1024;
const four = new CountLimit(4);

const PATHS: Partial<Record<MeasuredWay, { path: string; type: string }>> = {
  http: { path: `/v1/ingest/${OWNER.source}`, type: 'application/x-ndjson' },
  hec: { path: '/services/collector/event', type: 'application/json' },
  'otlp-json': { path: '/v1/logs', type: 'application/json' },
  'otlp-protobuf': { path: '/v1/logs', type: 'application/x-protobuf' },
};

export interface BenchDoors {
  /** What lies on the ingest topic of bodies that came this way. */
  send(way: MeasuredWay, bodies: readonly Buffer[], events: number): Promise<OutRecord[]>;
  close(): Promise<void>;
}

/** As a partner's producer appends them. */
const appended = (value: Buffer): OutRecord => ({
  topic: ingestTopic(OWNER.tenant, OWNER.source),
  key: null,
  value,
  headers: {},
});

const post = (
  agent: Agent,
  port: number,
  { path, type }: { path: string; type: string },
  body: Buffer,
): Promise<void> =>
  new Promise((done, fail) => {
    const headers = { authorization: 'Bearer bench', 'content-type': type, 'content-length': body.length };
    request({ host: HOST, port, path, method: 'POST', headers, agent }, (response) => {
      response.resume().on('error', fail);
      response.on('end', () =>
        (response.statusCode ?? 500) < 300 ? done() : fail(new Fault(`answered ${response.statusCode}`)),
      );
    })
      .on('error', fail)
      .end(body);
  });

const listening = (server: Server): Promise<void> =>
  new Promise((ready, fail) => {
    server.once('error', fail).listen(0, HOST, ready);
  });

export const openDoors = async (): Promise<BenchDoors> => {
  let records: OutRecord[] = [];
  let [count, heard] = [0, (): void => undefined];
  const ports = {
    append: async (tenant: string, source: string, events: Buffer[], how = {}): Promise<void> => {
      records.push(...ingestRecords(tenant, source, events, how));
      count += events.length;
      heard();
    },
    bytes: new ByteBudget(ROOM_BYTES),
    now: () => performance.now(),
    log: { warn: () => undefined },
  };
  const { server } = httpListener({
    ...ports,
    verify: async () => ({ tenant: OWNER.tenant, subject: 'bench', sources: [OWNER.source] }),
    sourcesOf: () => [OWNER.source],
    mostBytes: MOST_BODY_BYTES,
    connections: { total: 4, ofAddress: 4 },
  });
  await listening(server);
  const syslog = await syslogListener({ port: 0, transport: 'tcp', ...OWNER }, HOST, {
    ...ports,
    connections: { ofTenant: four, ofAddress: four, handshakes: four, inAll: four },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const socket = connect(syslog.port, HOST).setNoDelay(true);
  const overSyslog = (bodies: readonly Buffer[], events: number): Promise<void> =>
    new Promise((done) => {
      heard = () => void (count >= events && done());
      for (const body of bodies) socket.write(body);
    });
  return {
    send: async (way, bodies, events) => {
      [records, count] = [[], 0];
      const at = PATHS[way];
      if (way === 'syslog-tcp') await overSyslog(bodies, events);
      else if (!at) return bodies.map(appended);
      else for (const body of bodies) await post(agent, (server.address() as AddressInfo).port, at, body);
      return records;
    },
    close: async () => {
      agent.destroy();
      socket.destroy();
      await syslog.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
