/**
 * Bytes as they arrive at a listener, which is the service's own, on a port of the loopback that is open only for them.
 * What it would append to the ingest topic comes back instead.
 */
import { createSocket } from 'node:dgram';
import { request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { ingestTopic, whyTooLarge, type OutRecord } from '#libs/events';
import { Fault, Refused } from '#libs/model';
import { MOST_BODY_BYTES } from '../listeners/body.js';
import { ByteBudget } from '../listeners/byte-budget.js';
import { CountLimit } from '../listeners/count-limit.js';
import { httpListener } from '../listeners/http.js';
import { ingestRecords } from '../listeners/ingest-records.js';
import { readMessageOf, type FieldType, type MessageType } from '../listeners/protobuf.js';
import { syslogListener } from '../listeners/syslog.js';

/** How bytes come: one body (http, hec, otlp, bulk), one value (kafka), a stream (tcp) or a datagram (udp). */
export const WAYS_IN = ['http', 'kafka', 'hec', 'otlp', 'bulk', 'udp', 'tcp'] as const;
export type WayIn = (typeof WAYS_IN)[number];

export interface ArrivingBytes {
  via: WayIn;
  bytes: Buffer;
  /** Of an HTTP request, instead of where clients of the protocol post events. */
  path?: string;
  /** Of an HTTP request, or of a record of Kafka. */
  headers?: Record<string, string>;
}

/** A body that is refused as a whole, as its client is answered. */
export interface RefusedBody {
  status: number;
  code: string | number;
  sentence: string;
}

const HOST = '127.0.0.1';
const TENANT = 'preview';
const SOURCE = 'source';
const LARGEST_DATAGRAM = 65_507;
/** A datagram that is not taken is not answered either. */
const DATAGRAM_MS = 5_000;

const PATHS = { http: `/v1/ingest/${SOURCE}`, hec: '/services/collector/event', otlp: '/v1/logs', bulk: '/_bulk' };

const roomFor = (bytes: Buffer): ByteBudget => new ByteBudget(8 * (bytes.length + MOST_BODY_BYTES));

/** A topic takes no more than Kafka was told. */
const fitting = (record: OutRecord): OutRecord => {
  const reason = whyTooLarge(record);
  if (reason !== undefined) throw new Fault(reason);
  return record;
};

const silent = { warn: () => undefined };
const now = (): number => performance.now();

interface AnswerOfDoor {
  status: number;
  body: Buffer;
}

/** google.rpc.Status, when the answer is in the encoding of a body that was Protocol Buffers. */
const STATUS: MessageType = {
  fields: new Map<number, { name: string; type: () => FieldType }>([
    [1, { name: 'code', type: () => 'int32' }],
    [2, { name: 'message', type: () => 'text' }],
  ]),
};

/** As a client would say what it sends. */
const typeOf = ({ via, bytes }: ArrivingBytes): string =>
  via === 'otlp' && !/^\s*[{[]/.test(bytes.toString('latin1', 0, 1_024))
    ? 'application/x-protobuf'
    : 'application/json';

const posted = (port: number, path: string, arriving: ArrivingBytes): Promise<AnswerOfDoor> =>
  new Promise((done, fail) => {
    const { bytes, headers } = arriving;
    const length = { 'content-length': String(bytes.length), 'content-type': typeOf(arriving) };
    const sent = { authorization: 'Bearer preview', ...length, ...headers };
    request({ host: HOST, port, path, method: 'POST', headers: sent, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail);
      response.on('end', () => done({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
    })
      .on('error', fail)
      .end(bytes);
  });

/** Every protocol has its own words for a refusal. */
const refusedBody = ({ status, body }: AnswerOfDoor): RefusedBody => {
  const said: Record<string, unknown> & { error?: Record<string, unknown> } =
    body[0] === 0x7b ? JSON.parse(String(body)) : readMessageOf(STATUS, body, 1);
  const { code = status, message, text, reason } = said.error ?? said;
  return { status, code: code as string | number, sentence: String(text ?? message ?? reason ?? body) };
};

const overHttp = async (
  arriving: ArrivingBytes,
  path: string,
): Promise<{ records: OutRecord[] } | { refused: RefusedBody }> => {
  const records: OutRecord[] = [];
  const { server } = httpListener({
    verify: async () => ({ tenant: TENANT, subject: TENANT, sources: [SOURCE] }),
    sourcesOf: () => [SOURCE],
    append: async (...appended) => void records.push(...ingestRecords(...appended).map(fitting)),
    mostBytes: MOST_BODY_BYTES,
    bytes: roomFor(arriving.bytes),
    connections: { total: 1, ofAddress: 1 },
    now,
    log: silent,
  });
  await new Promise<void>((ready, fail) => {
    server.once('error', fail).listen(0, HOST, ready);
  });
  try {
    const answer = await posted((server.address() as AddressInfo).port, path, arriving);
    return answer.status < 300 || records.length > 0 ? { records } : { refused: refusedBody(answer) };
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => {
      server.close(closed);
    });
  }
};

const overTcp = (port: number, bytes: Buffer): Promise<void> =>
  new Promise((done, fail) => {
    const socket = connect(port, HOST, () => socket.end(bytes));
    socket
      .on('error', fail)
      .on('close', () => done())
      .resume();
  });

const overUdp = (port: number, bytes: Buffer, appended: Promise<void>): Promise<void> =>
  new Promise((done, fail) => {
    const socket = createSocket('udp4');
    socket.send(bytes, port, HOST, (error) => {
      socket.close();
      if (error) return fail(error);
      const lost = setTimeout(done, DATAGRAM_MS);
      void appended.then(() => {
        clearTimeout(lost);
        done();
      });
    });
  });

const overSyslog = async (transport: 'tcp' | 'udp', bytes: Buffer): Promise<OutRecord[]> => {
  const records: OutRecord[] = [];
  if (bytes.length === 0) return records;
  let hear = (): void => undefined;
  const appended = new Promise<void>((heard) => {
    hear = heard;
  });
  const one = new CountLimit(1);
  const listener = await syslogListener({ port: 0, transport, tenant: TENANT, source: SOURCE }, HOST, {
    append: async (...some) => {
      records.push(...ingestRecords(...some).map(fitting));
      hear();
    },
    bytes: roomFor(bytes),
    connections: { ofTenant: one, ofAddress: one, handshakes: one, inAll: one },
    now,
    log: silent,
  });
  try {
    await (transport === 'tcp' ? overTcp(listener.port, bytes) : overUdp(listener.port, bytes, appended));
  } finally {
    await listener.close();
  }
  return records;
};

/**
 * What of some bytes would lie on the ingest topic of a source, in order, or why a client would be refused.
 * @throws Refused when they are more than one datagram can carry, Fault when they are more than a topic takes.
 */
export const arrived = async (
  arriving: ArrivingBytes,
): Promise<{ records: OutRecord[] } | { refused: RefusedBody }> => {
  const { via, bytes, path, headers = {} } = arriving;
  if (via === 'kafka')
    return { records: [fitting({ topic: ingestTopic(TENANT, SOURCE), key: null, value: bytes, headers })] };
  if (via === 'udp' && bytes.length > LARGEST_DATAGRAM)
    throw new Refused(`a datagram has ${LARGEST_DATAGRAM} bytes at most, this has ${bytes.length}`, 'NO_DATAGRAM');
  if (via === 'tcp' || via === 'udp') return { records: await overSyslog(via, bytes) };
  return overHttp(arriving, path ?? PATHS[via]);
};

/** Whose it is here. */
export const PREVIEWED = { tenant: TENANT, source: SOURCE };
