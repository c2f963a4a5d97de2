import { connect, constants, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectPlain, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { until } from '#libs/testing';
import { readLine } from '../envelope/line.js';
import { ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import { grpcListener } from './grpc.js';
import { framed } from './grpc-wire.js';
import { bytesField, numberField, readMessageOf, type FieldType, type MessageType } from './protobuf.js';

type DoorPorts = Parameters<typeof grpcListener>[0];

const start = async (overrides: Partial<DoorPorts> = {}) => {
  const appended: { source: string; events: string[] }[] = [];
  const clock = { ms: 0 };
  const listener = grpcListener({
    verify: async (token) =>
      ({
        good: { tenant: 'acme', subject: 'partner', sources: ['edr'] },
        wide: { tenant: 'acme', subject: 'partner', sources: [] },
      })[token],
    sourcesOf: () => ['edr', 'fw'],
    append: async (_tenant, source, events) => void appended.push({ source, events: events.map(String) }),
    mostBytes: 2_000_000,
    bytes: new ByteBudget(16_000_000),
    requests: new CountLimit(256),
    connections: { total: 100, ofAddress: 100 },
    now: () => clock.ms,
    log: { warn: () => undefined },
    ...overrides,
  });
  await new Promise<void>((ready) => {
    listener.server.listen(0, '127.0.0.1', ready);
  });
  const client = connect(`http://127.0.0.1:${(listener.server.address() as AddressInfo).port}`);
  return {
    ...listener,
    stop: listener.close,
    appended,
    clock,
    client,
    close: async () => {
      client.destroy();
      await listener.close();
    },
  };
};

const EXPORT = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const HEADERS = {
  ':method': 'POST',
  ':path': EXPORT,
  'content-type': 'application/grpc',
  authorization: 'Bearer good',
};

interface CallAnswer {
  head: IncomingHttpHeaders;
  status: string | undefined;
  message: Buffer;
}

/** A call, whose body ends unless it is told to stay open. */
const called = (
  client: ClientHttp2Session,
  body: Buffer,
  headers: Record<string, string> = {},
  { isOpen = false } = {},
): Promise<CallAnswer> =>
  new Promise((done, fail) => {
    const stream = client.request({ ...HEADERS, ...headers });
    const chunks: Buffer[] = [];
    const answer: CallAnswer = { head: {}, status: undefined, message: Buffer.alloc(0) };
    const tell = (from: IncomingHttpHeaders): void => {
      answer.status ??= from['grpc-status'] as string | undefined;
    };
    stream.on('response', (head) => tell((answer.head = head))).on('trailers', tell);
    stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail);
    stream.on('close', () => done({ ...answer, message: Buffer.concat(chunks) }));
    if (isOpen) stream.write(body);
    else stream.end(body);
  });

const text = (value: string): Buffer => bytesField(1, Buffer.from(value));
const record = (body: string): Buffer => bytesField(2, bytesField(5, text(body)));
const request = (...records: Buffer[]): Buffer => bytesField(1, bytesField(2, Buffer.concat(records)));
const packed = (message: Buffer): Buffer => {
  const frame = framed(gzipSync(message));
  frame[0] = 1;
  return frame;
};
const STATUS: MessageType = {
  fields: new Map<number, { name: string; type: () => FieldType }>([
    [2, { name: 'message', type: () => 'text' }],
    [3, { name: 'details', type: () => 'text' }],
  ]),
};

describe('OTLP logs over gRPC', () => {
  let door: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    door = await start();
  });
  afterEach(() => door.close());

  it.each([
    ['plain', framed, {}],
    ['gzip', packed, { 'grpc-encoding': 'gzip' }],
  ] as const)('takes a call, %s', async (_how, frame, headers) => {
    const answer = await called(door.client, frame(request(record('a'), record('b'))), headers);
    expect([answer.head[':status'], answer.status, answer.message]).toEqual([200, '0', framed(Buffer.alloc(0))]);
    expect(door.appended.map(({ source, events }) => [source, events.length])).toEqual([['edr', 2]]);
    expect(String(readLine(Buffer.from(door.appended[0]?.events[0] ?? ''))?.event)).toBe('"a"');
  });

  it('says which records were rejected, and takes the others', async () => {
    const answer = await called(door.client, framed(request(record('a'), bytesField(2, numberField(2, 9)))));
    expect(answer.status).toBe('0');
    expect(String(answer.message)).toContain('no object with a body or attributes');
    expect(door.appended[0]?.events).toHaveLength(2);
  });

  it.each<[string, string, Record<string, string>, Buffer]>([
    ['16', 'NO_TOKEN', { authorization: '' }, framed(request())],
    ['16', 'BAD_TOKEN', { authorization: 'Bearer bad' }, framed(request(record('x'.repeat(300_000))))],
    ['3', 'NAME_A_SOURCE', { authorization: 'Bearer wide' }, framed(request())],
    ['7', 'SOURCE_NOT_PERMITTED', { 'x-vigie-source': 'fw' }, framed(request())],
    ['12', 'NO_SUCH_PATH', { ':path': EXPORT.replace('Logs', 'Trace') }, framed(request())],
    ['12', 'UNKNOWN_ENCODING', { 'grpc-encoding': 'zstd' }, packed(request())],
    ['3', 'BAD_BODY', {}, Buffer.from('no frame')],
    ['3', 'BAD_BODY', {}, framed(Buffer.from('no message'))],
    ['3', 'BAD_BODY', { 'grpc-encoding': 'gzip' }, Buffer.concat([Buffer.from([1, 0, 0, 0, 2]), Buffer.from('no')])],
    ['3', 'BODY_TOO_LARGE', {}, framed(Buffer.alloc(2_000_001))],
    ['3', 'PACKED_TOO_TIGHT', { 'grpc-encoding': 'gzip' }, packed(Buffer.alloc(1_900_000))],
  ])('answers %s %s', async (status, code, headers, body) => {
    const answer = await called(door.client, body, headers);
    expect([answer.head[':status'], answer.status]).toEqual([200, status]);
    expect(answer.head['grpc-message']).toContain(code);
    expect(answer.head['grpc-status-details-bin']).toBeUndefined();
    expect(door.appended).toEqual([]);
    expect((await called(door.client, framed(request(record('next is fine'))))).status).toBe('0');
  });

  it('is for gRPC alone', async () => {
    const answer = await called(door.client, Buffer.from('{}'), { 'content-type': 'application/json' });
    expect(answer.head[':status']).toBe(415);
  });

  it.each<[string, string, Partial<DoorPorts>]>([
    ['8', 'TOO_FAST', { paced: () => 700 }],
    ['8', 'BUSY', { bytes: new ByteBudget(4) }],
    ['8', 'BUSY', { requests: new CountLimit(0) }],
    ['14', 'UNAVAILABLE', { append: () => Promise.reject(new Error('away')) }],
  ])('says when to send again: %s %s', async (status, code, ports) => {
    const busy = await start(ports);
    const { head, ...answer } = await called(busy.client, framed(request(record('a'))));
    expect([answer.status, head['grpc-message']]).toEqual([status, expect.stringContaining(code)]);
    const details = Buffer.from(String(head['grpc-status-details-bin']), 'base64');
    const said = readMessageOf(STATUS, details, 10);
    expect(said).toMatchObject({
      message: expect.stringContaining(code),
      details: expect.stringContaining('type.googleapis.com/google.rpc.RetryInfo'),
    });
    await busy.close();
  });

  /** Whether as many calls are under way as may be. */
  const isFull = (requests: CountLimit): boolean => {
    if (!requests.enter('acme')) return true;
    requests.leave('acme');
    return false;
  };

  it('ends calls that come too slowly, or after their deadline, and gives back what they held', async () => {
    const [bytes, requests] = [new ByteBudget(800), new CountLimit(2)];
    const slow = await start({ bytes, requests });
    const begun = framed(request(record('x'.repeat(80)))).subarray(0, 60);
    const patient = called(slow.client, begun, {}, { isOpen: true });
    const hurried = called(slow.client, begun, { 'grpc-timeout': '2S' }, { isOpen: true });
    await until('both are under way', () => isFull(requests));
    slow.clock.ms = 3_000;
    slow.sweep();
    expect((await hurried).status).toBe('4');
    slow.clock.ms = 60_000;
    slow.sweep();
    expect((await patient).status).toBe('14');
    await until('nothing is held', () => bytes.allot('acme').take(200));
    await slow.close();
  });

  it('ends after a minute a call that is not stored, and one whose answer nobody takes in', async () => {
    const never = await start({ append: () => new Promise(() => undefined) });
    const call = called(never.client, framed(request(record('a'))));
    const steady = called(never.client, framed(request(record('a'))).subarray(0, 4), {}, { isOpen: true });
    await until('it is under way', () => {
      never.clock.ms += 1;
      return never.clock.ms > 20;
    });
    never.clock.ms = 61_000;
    never.sweep();
    expect((await Promise.all([call, steady])).map(({ status }) => status)).toEqual(['4', '4']);
    await never.close();
  });

  it('ends a connection that gives up its calls again and again, and no other', async () => {
    const other = connect(`http://127.0.0.1:${(door.server.address() as AddressInfo).port}`);
    const gone = new Promise<void>((done) => other.on('error', () => undefined).once('close', () => done()));
    for (let at = 0; at < 400 && !other.destroyed; at += 1) {
      const stream = other.request(HEADERS).on('error', () => undefined);
      stream.close(constants.NGHTTP2_CANCEL);
      await new Promise((next) => stream.once('close', next));
    }
    await gone;
    expect((await called(door.client, framed(request(record('a'))))).status).toBe('0');
  });

  it('lets go of a call that its client cancels', async () => {
    const requests = new CountLimit(1);
    const one = await start({ requests });
    const stream = one.client.request(HEADERS).on('error', () => undefined);
    stream.write(framed(request(record('a'))).subarray(0, 4));
    await until('it is under way', () => isFull(requests));
    stream.close(constants.NGHTTP2_CANCEL);
    await until('it is not any more', () => !isFull(requests));
    expect(one.appended).toEqual([]);
    await one.close();
  });

  it('closes connections that say nothing, and those that are old', async () => {
    const silent = connectPlain((door.server.address() as AddressInfo).port, '127.0.0.1');
    const ended = new Promise<void>((done) => {
      silent
        .resume()
        .on('error', () => undefined)
        .once('close', () => done());
    });
    await called(door.client, framed(request(record('a'))));
    door.clock.ms = 11_000;
    await until('the silent one is gone', () => {
      door.sweep();
      return silent.destroyed;
    });
    await ended;
    expect(door.client.closed).toBe(false);
    door.clock.ms = 601_000;
    door.sweep();
    await until('the old one leaves', () => door.client.closed);
  });

  it('stops once what is under way is answered', async () => {
    const stores: (() => void)[] = [];
    const stopping = await start({ append: () => new Promise((stored) => void stores.push(stored)) });
    const call = called(stopping.client, framed(request(record('a'))));
    await until('it is being stored', () => stores.length > 0);
    const closed = stopping.stop();
    for (const store of stores) store();
    expect((await call).status).toBe('0');
    await closed;
  });
});
