import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { until } from '#libs/testing';
import { httpListener, type HttpPorts } from './http.js';
import { ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import { syslogListener } from './syslog.js';

const zipped = (text: string) => new Uint8Array(gzipSync(text));

interface Appended {
  tenant: string;
  source: string;
  events: string[];
}

const start = async (overrides: Partial<HttpPorts> = {}) => {
  const appended: Appended[] = [];
  const clock = { ms: 0 };
  const { server, sweep } = httpListener({
    verify: async (token) =>
      token === 'good'
        ? { tenant: 'acme', subject: 'partner', sources: ['edr', 'gone'] }
        : token === 'other'
          ? { tenant: 'globex', subject: 'partner', sources: ['edr'] }
          : undefined,
    sourcesOf: (tenant) => (tenant === 'acme' || tenant === 'globex' ? ['edr', 'fw'] : undefined),
    append: async (tenant, source, events) => void appended.push({ tenant, source, events: events.map(String) }),
    mostBytes: 4_000_000,
    bytes: new ByteBudget(32_000_000),
    connections: { total: 400, ofAddress: 300 },
    now: () => clock.ms,
    log: { warn: () => undefined },
    ...overrides,
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer good', ...headers },
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    appended,
    post,
    base,
    clock,
    sweep,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

describe('the HTTP listener', () => {
  let listener: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    listener = await start();
  });
  afterEach(() => listener.close());

  it('lets a token that asks too fast wait, before its body is read', async () => {
    const paced = await start({ paced: ({ tenant }) => (tenant === 'acme' ? 700 : 0) });
    expect(await paced.post('/v1/ingest/edr', '{}')).toMatchObject({
      status: 429,
      body: { error: { code: 'TOO_FAST' } },
    });
    expect(paced.appended).toEqual([]);
    await paced.close();
  });
  it('takes JSON lines, plain and gzip', async () => {
    expect(await listener.post('/v1/ingest/edr', '{"a":1}\n{"b":2}\n')).toEqual({
      status: 202,
      body: { accepted: 2, bytes: 16 },
    });
    expect(await listener.post('/v1/ingest/edr', zipped('{"c":3}'), { 'content-encoding': 'gzip' })).toMatchObject({
      status: 202,
      body: { accepted: 1 },
    });
    expect(listener.appended).toEqual([
      { tenant: 'acme', source: 'edr', events: ['{"a":1}', '{"b":2}'] },
      { tenant: 'acme', source: 'edr', events: ['{"c":3}'] },
    ]);
  });

  it('answers Event Grid, which asks whether it may send', async () => {
    const ask = [{ eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'c-1' } }];
    const asks = { 'aeg-event-type': 'SubscriptionValidation' };
    expect(await listener.post('/v1/ingest/edr', JSON.stringify(ask), asks)).toEqual({
      status: 200,
      body: { validationResponse: 'c-1' },
    });
    expect(await listener.post('/v1/ingest/edr', '[]', asks)).toMatchObject({ status: 400 });
    expect(await listener.post('/v1/ingest/edr', '[{"a":1}]', { 'aeg-event-type': 'Notification' })).toMatchObject({
      status: 202,
    });
    const options = async (headers: Record<string, string>): Promise<[number, string | null]> => {
      const { status, headers: said } = await fetch(`${listener.base}/v1/ingest/edr`, { method: 'OPTIONS', headers });
      return [status, said.get('webhook-allowed-origin')];
    };
    const origin = { 'webhook-request-origin': 'eventgrid.azure.net' };
    expect(await options({ ...origin, authorization: 'Bearer good' })).toEqual([200, 'eventgrid.azure.net']);
    expect(await options(origin)).toEqual([401, null]);
    expect(await options({ authorization: 'Bearer good' })).toEqual([405, null]);
    expect(listener.appended).toHaveLength(1);
  });

  it('takes Splunk HEC and OTLP', async () => {
    expect(
      await listener.post('/services/collector/event?source=edr', '{"event":{"a":1}}', {
        authorization: 'Splunk good',
      }),
    ).toEqual({ status: 200, body: { text: 'Success', code: 0 } });
    const logs = { resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: '{"b":2}' } }] }] }] };
    expect(await listener.post('/v1/logs?source=edr', JSON.stringify(logs))).toEqual({ status: 200, body: {} });
    expect((await fetch(`${listener.base}/services/collector/health`)).status).toBe(200);
  });

  it.each<[number, string, string, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    [401, 'NO_TOKEN', '/v1/ingest/edr', '{}', { authorization: '' }],
    [401, 'BAD_TOKEN', '/v1/ingest/edr', '{}', { authorization: 'Bearer bad' }],
    [403, 'SOURCE_NOT_PERMITTED', '/v1/ingest/fw', '{}', {}],
    [403, 'SOURCE_NOT_PERMITTED', '/v1/ingest/gone', '{}', {}],
    [404, 'NO_SUCH_PATH', '/v1/ingest/../edr', '{}', {}],
    [404, 'NO_SUCH_PATH', '//', '{}', {}],
    [400, 'EMPTY', '/v1/ingest/edr', ' \n', {}],
    [400, 'BAD_BODY', '/v1/ingest/edr', 'not gzip', { 'content-encoding': 'gzip' }],
    [415, 'UNKNOWN_ENCODING', '/v1/ingest/edr', '{}', { 'content-encoding': 'br' }],
    [413, 'EVENT_TOO_LARGE', '/v1/ingest/edr', `{"a":"${'x'.repeat(1_100_000)}"}`, {}],
    [
      413,
      'BODY_TOO_LARGE',
      '/v1/ingest/edr',
      zipped(randomBytes(2_500_000).toString('hex')),
      { 'content-encoding': 'gzip' },
    ],
    [413, 'PACKED_TOO_TIGHT', '/v1/ingest/edr', zipped('x'.repeat(3_000_000)), { 'content-encoding': 'gzip' }],
  ])('answers %i %s', async (status, code, path, body, headers) => {
    expect(await listener.post(path, body, headers)).toEqual({
      status,
      body: { error: { code, message: expect.stringMatching(/\.$/) } },
    });
    expect(listener.appended).toEqual([]);
    expect(await listener.post('/v1/ingest/edr', '{"next":"is fine"}')).toMatchObject({ status: 202 });
  });

  it('refuses a 20 MB line before it has read it', async () => {
    const { status } = await fetch(`${listener.base}/v1/ingest/edr`, {
      method: 'POST',
      body: 'x'.repeat(20_000_000),
      headers: { authorization: 'Bearer good' },
    });
    expect(status).toBe(413);
    expect(listener.appended).toEqual([]);
  });

  it('does not acknowledge what Kafka does not have', async () => {
    const broken = await start({ append: () => Promise.reject(new Error('away')) });
    expect(await broken.post('/v1/ingest/edr', '{}')).toMatchObject({
      status: 503,
      body: { error: { code: 'UNAVAILABLE' } },
    });
    await broken.close();
  });

  it('says when it has too much under way', async () => {
    const small = await start({ bytes: new ByteBudget(10) });
    expect(await small.post('/v1/ingest/edr', '{"a":"0123456789"}')).toMatchObject({
      status: 429,
      body: { error: { code: 'BUSY' } },
    });
    await small.close();
  });
});

describe('the syslog listener', () => {
  const ports = (overrides: object = {}) => ({
    bytes: new ByteBudget(8_000_000),
    connections: {
      ofTenant: new CountLimit(3),
      ofAddress: new CountLimit(10),
      handshakes: new CountLimit(10),
      inAll: new CountLimit(10),
    },
    now: () => 0,
    log: { warn: () => undefined },
    ...overrides,
  });

  it.each(['tcp', 'udp'] as const)('appends what comes over %s for the tenant of its port', async (transport) => {
    const appended: Appended[] = [];
    const arrived = new Promise<void>((done) => {
      void syslogListener({ port: 0, transport, tenant: 'acme', source: 'fw' }, '127.0.0.1', {
        ...ports(),
        append: async (tenant, source, events) => {
          appended.push({ tenant, source, events: events.map(String) });
          done();
        },
      }).then(async (listening) => {
        await arrivedAt(transport, listening.port);
        await arrived;
        await listening.close();
      });
    });
    await arrived;
    expect(appended).toEqual([{ tenant: 'acme', source: 'fw', events: ['<13>1 {"a":1}'] }]);
  });

  it('holds no more datagrams than there is room for what each takes, however small', async () => {
    let [held, lost] = [0, false];
    const listening = await syslogListener({ port: 0, transport: 'udp', tenant: 'acme', source: 'fw' }, '127.0.0.1', {
      ...ports(),
      bytes: new ByteBudget(4 * 1_100),
      log: {
        warn: () => {
          lost = true;
        },
      },
      append: () => {
        held += 1;
        return new Promise(() => undefined);
      },
    });
    await arrivedAt('udp', listening.port);
    await arrivedAt('udp', listening.port);
    await until('a datagram that is lost', () => {
      listening.sweep();
      return lost;
    });
    await listening.close();
    expect(held).toBe(1);
  });
});

const arrivedAt = (transport: 'tcp' | 'udp', port: number): Promise<void> =>
  new Promise((sent) => {
    if (transport === 'tcp') {
      const socket = connect(port, '127.0.0.1', () => socket.end('<13>1 {"a":1}\n', () => sent()));
      return;
    }
    const socket = createSocket('udp4');
    socket.send('<13>1 {"a":1}', port, '127.0.0.1', () => socket.close(() => sent()));
  });
