import type { AddressInfo } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { httpListener, type HttpPorts } from './http.js';
import { opened as open, until, type OpenedConnection } from '../../test/opened.js';
import { ByteBudget } from './byte-budget.js';

const head = (token: string, ...more: string[]): string =>
  [`POST /v1/ingest/edr HTTP/1.1`, 'Host: x', `Authorization: Bearer ${token}`, ...more, '', ''].join('\r\n');

describe('the HTTP listener', () => {
  const clock = { ms: 0 };
  const opened: OpenedConnection[] = [];
  const asked: string[] = [];
  let appended = 0;
  let listener: ReturnType<typeof httpListener>;
  let port = 0;

  const start = async (overrides: Partial<HttpPorts> = {}): Promise<void> => {
    clock.ms = 0;
    appended = 0;
    asked.length = 0;
    listener = httpListener({
      verify: async (token) => {
        asked.push(token);
        return { tenant: token, subject: token, sources: ['edr'] };
      },
      sourcesOf: () => ['edr'],
      append: async (_tenant, _source, events) => {
        appended += events.length;
      },
      mostBytes: 8 * 1024 * 1024,
      bytes: new ByteBudget(128 * 1024 * 1024),
      connections: { total: 400, ofAddress: 300 },
      now: () => clock.ms,
      log: { warn: () => undefined },
      ...overrides,
    });
    await new Promise<void>((ready) => {
      listener.server.listen(0, '127.0.0.1', ready);
    });
    port = (listener.server.address() as AddressInfo).port;
  };
  afterEach(async () => {
    for (const { socket } of opened.splice(0)) socket.destroy();
    await new Promise<void>((closed) => {
      listener.server.close(() => closed());
      listener.server.closeAllConnections();
    });
  });
  const many = async (count: number, text: string): Promise<OpenedConnection[]> => {
    const made = await Promise.all(Array.from({ length: count }, () => open(port, text)));
    opened.push(...made);
    return made;
  };
  const post = async (token: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${port}/v1/ingest/edr`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    return {
      status: response.status,
      retry: response.headers.get('retry-after'),
      code: ((await response.json()) as { error?: { code: string } }).error?.code,
    };
  };

  it.each([16, 200])(
    'takes the request of a tenant, and of its neighbour, beside %i that only announce a body',
    async (count) => {
      await start();
      await many(count, head('acme', `Content-Length: ${8 * 1024 * 1024}`));
      await until(() => asked.length === count);
      expect((await post('globex', '{"a":1}')).status).toBe(202);
      expect((await post('acme', '{"a":1}')).status).toBe(202);
    },
  );

  it('refuses a tenant that has his quarter, tells him when to repeat, and takes his neighbour', async () => {
    await start({ bytes: new ByteBudget(4 * 1024 * 1024), mostBytes: 1024 * 1024 });
    const large = 'x'.repeat(600_000);
    await many(1, head('acme', 'Content-Length: 900000') + large);
    await until(() => asked.length === 1);
    expect(await post('acme', `{"a":"${large}"}`)).toEqual({ status: 429, retry: '1', code: 'BUSY' });
    expect((await post('globex', `{"a":"${large}"}`)).status).toBe(202);
  });

  it('bounds the requests of a tenant that are under way', async () => {
    await start();
    await many(256, head('acme', 'Transfer-Encoding: chunked'));
    await until(() => asked.length === 256);
    expect(await post('acme', '{}')).toMatchObject({ status: 429, code: 'BUSY' });
    expect((await post('globex', '{}')).status).toBe(202);
  });

  it('ends a body that comes too slowly, with 408, and gives its room back', async () => {
    await start();
    const [slow] = await many(1, `${head('acme', 'Content-Length: 100000')}{"a":`);
    const [steady] = await many(1, head('acme', 'Content-Length: 20000') + 'x'.repeat(19_990));
    await until(() => asked.length === 2);
    clock.ms = 9_000;
    listener.sweep();
    expect([slow?.seen.closed, steady?.seen.closed]).toEqual([false, false]);
    clock.ms = 20_000;
    listener.sweep();
    await until(() => slow?.seen.closed === true);
    expect(slow?.seen.answer).toMatch(/^HTTP\/1.1 408 [^]*TOO_SLOW/);
    expect(steady?.seen.closed).toBe(false);
    steady?.socket.write('x'.repeat(10));
    await until(() => steady?.seen.answer.startsWith('HTTP/1.1 202') === true);
  });

  it.each([
    ['/services/collector/event?source=edr', '503'],
    ['/v1/logs', '503'],
    ['/v1/ingest/edr', '408'],
  ])('says of a slow body at %s what its clients repeat: %s', async (path, status) => {
    await start();
    const [slow] = await many(1, `${head('acme', 'Content-Length: 100000').replace('/v1/ingest/edr', path)}{"a":`);
    await until(() => asked.length === 1);
    await until(() => {
      clock.ms += 20_000;
      listener.sweep();
      return slow?.seen.closed === true;
    });
    expect(slow?.seen.answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });

  it('closes connections beyond the limit of an address', async () => {
    await start({ connections: { total: 400, ofAddress: 20 } });
    const made = await many(30, head('acme', 'Content-Length: 10'));
    await until(() => made.filter(({ seen }) => seen.closed).length === 10);
    for (const { socket } of made) socket.destroy();
    await until(() => made.every(({ seen }) => seen.closed));
    expect((await post('acme', '{}')).status).toBe(202);
  });

  it('answers who asks before he sends: go on, or the refusal', async () => {
    await start();
    const [asking] = await many(1, head('acme', 'Content-Length: 7', 'Expect: 100-continue'));
    await until(() => asking?.seen.answer.startsWith('HTTP/1.1 100') === true);
    asking?.socket.write('{"a":1}');
    await until(() => asking?.seen.answer.includes('HTTP/1.1 202') === true);
    const [refused] = await many(1, head('acme', `Content-Length: ${9 * 1024 * 1024}`, 'Expect: 100-continue'));
    await until(() => refused?.seen.answer.startsWith('HTTP/1.1 413') === true);
  });

  it('keeps a connection for the next request, and takes chunks', async () => {
    await start();
    const chunked = `${head('acme', 'Transfer-Encoding: chunked')}7\r\n{"a":1}\r\n0\r\n\r\n`;
    const [one] = await many(1, chunked + chunked);
    await until(() => (one?.seen.answer.match(/HTTP\/1.1 202/g) ?? []).length === 2);
    expect([one?.seen.closed, appended]).toEqual([false, 2]);
  });

  it('bounds what comes packed also where it unpacks to nothing', async () => {
    await start({ mostBytes: 100_000 });
    const nothing = Buffer.concat(Array.from({ length: 6_000 }, () => gzipSync('')));
    const [one] = await many(1, head('acme', 'Transfer-Encoding: chunked', 'Content-Encoding: gzip'));
    one?.socket.write(`${nothing.length.toString(16)}\r\n`);
    one?.socket.write(nothing);
    await until(() => one?.seen.answer.startsWith('HTTP/1.1 413') === true);
  });

  it.each<[string, Buffer, number, string | undefined]>([
    ['gzip', gzipSync('{"a":1}\n{"b":2}'), 202, undefined],
    ['deflate', deflateSync('{"a":1}\n{"b":2}'), 202, undefined],
    ['gzip', gzipSync(Buffer.alloc(4 * 1024 * 1024, 'x\n')), 413, 'PACKED_TOO_TIGHT'],
    ['deflate', deflateSync(Buffer.alloc(64 * 1024 * 1024)), 413, 'BODY_TOO_LARGE'],
    ['deflate', Buffer.from('no'), 400, 'BAD_BODY'],
  ])('a body of %s: %#', async (encoding, body, status, code) => {
    await start();
    expect(await post('acme', body, { 'content-encoding': encoding })).toMatchObject({ status, code });
    expect((await post('acme', '{}')).status).toBe(202);
  });
});
