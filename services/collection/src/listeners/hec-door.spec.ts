import { gzipSync } from 'node:zlib';
import { ByteBudget } from './byte-budget.js';
import { HecChannels } from './hec-channels.js';
import type { HttpPorts } from './http.js';
import { httpGround, permits } from '../../test/http-ground.js';

const CHANNEL = '11111111-2222-3333-4444-555555555555';
const EVENT = '{"event":"a"}';

const start = async (overrides: Partial<HttpPorts> = {}) => {
  const { base, appended, close } = await httpGround({
    verify: permits({ good: ['edr'], wide: [] }),
    mostBytes: 4_000_000,
    ...overrides,
  });
  const ask = async (path: string, init: RequestInit = {}, authorization: string | undefined = 'Splunk good') => {
    const headers = { ...(authorization === '' ? {} : { authorization }), ...(init.headers as object) };
    const response = await fetch(`${base}/services/collector${path}`, { method: 'POST', ...init, headers });
    return { status: response.status, body: (await response.json()) as unknown };
  };
  return {
    ask,
    appended,
    close,
  };
};

describe("Splunk's HTTP Event Collector, as its clients speak to it", () => {
  let door: Awaited<ReturnType<typeof start>>;
  beforeEach(async () => {
    door = await start();
  });
  afterEach(() => door.close());

  const success = { status: 200, body: { text: 'Success', code: 0 } };

  it.each(['', '/', '/event', '/event/1.0', '/raw', '/raw/1.0'])(
    'takes what is posted to /services/collector%s',
    async (path) => {
      expect(await door.ask(path, { body: EVENT })).toEqual(success);
      expect(door.appended).toEqual([
        { source: 'edr', events: [expect.stringContaining('"event":')], enveloped: true },
      ]);
    },
  );

  it.each([
    ['GET', '/health'],
    ['GET', '/health/1.0'],
    ['OPTIONS', '/event/1.0'],
  ])('says that it listens: %s %s', async (method, path) =>
    expect(await door.ask(path, { method }, '')).toEqual({ status: 200, body: { text: 'HEC is healthy', code: 17 } }),
  );

  it('forgets no channel for those of another sender', () => {
    const channels = new HecChannels();
    const on = (tenant: string, subject: string, channel: string) => ({
      sender: { tenant, subject },
      channel,
      site: 'x',
    });
    const [mine, theirs] = [on('acme', 'a', 'c'), on('globex', 'a', 'c')];
    expect([channels.next(mine), channels.next(mine), channels.next(theirs)]).toEqual([0, 1, 0]);
    for (let at = 0; at < 3_000; at += 1) channels.next(on('acme', 'b', String(at)));
    for (let at = 0; at < 100; at += 1) channels.next(on('globex', String(at), 'c'));
    expect([channels.isGiven(mine, 1), channels.isGiven(mine, 2), channels.isGiven(theirs, 0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([channels.isGiven(on('acme', 'b', '1999'), 0), channels.isGiven(on('acme', 'b', '2000'), 0)]).toEqual([
      false,
      true,
    ]);
  });

  it('forgets of one token first the channels of the site that opens most of them', () => {
    const channels = new HecChannels();
    const on = (site: string, channel: string) => ({ sender: { tenant: 'acme', subject: 'a' }, channel, site });
    for (let at = 0; at < 900; at += 1) channels.next(on('branch', `b${at}`));
    for (let at = 0; at < 5_000; at += 1) channels.next(on('2001:db8::/48', `x${at}`));
    const isGiven = (channel: string): boolean => channels.isGiven(on('', channel), 0);
    expect(['b0', 'b399', 'b400', 'b899', 'x4499', 'x4500', 'x4999'].map(isGiven)).toEqual([
      false,
      false,
      true,
      true,
      false,
      true,
      true,
    ]);
  });

  it.each([
    ['TOO_DEEP', `{"event":${'['.repeat(900_000)}`],
    ['TOO_DEEP', `{"event":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ['TOO_MANY_VALUES', `{"event":{${Array.from({ length: 40_000 }, (_, at) => `"k${at}":1`).join()}}}`],
  ])('parses no event that would cost too much: %s', async (code, event) => {
    const answer = await door.ask('/event', { body: EVENT + event });
    expect(answer).toMatchObject({ status: 400, body: { code: 6, 'invalid-event-number': 1 } });
    expect(door.appended[0]?.events[1]).toContain(`"problem":{"code":"${code}"`);
  });

  it('says that it is full', async () => {
    const full = await start({ bytes: new ByteBudget(0) });
    expect(await full.ask('/health', { method: 'GET' })).toMatchObject({ status: 503, body: { code: 18 } });
    expect(await full.ask('/event', { body: EVENT })).toMatchObject({ status: 503, body: { code: 9 } });
    await full.close();
  });

  it.each([
    ['Splunk good'],
    ['splunk good'],
    ['Bearer good'],
    [`Basic ${Buffer.from('x:good').toString('base64')}`],
    [`Basic ${Buffer.from(':good').toString('base64')}`],
  ])('takes the token of %s', async (authorization) =>
    expect(await door.ask('/event', { body: EVENT }, authorization)).toEqual(success),
  );

  it.each<[string, string, RequestInit, string, number, object]>([
    ['no token', '/event', {}, '', 401, { text: 'Token is required', code: 2 }],
    ['a scheme that carries none', '/event', {}, 'Digest good', 401, { text: 'Invalid authorization', code: 3 }],
    ['another password', '/event', {}, `Basic ${Buffer.from('good:bad').toString('base64')}`, 403, { code: 4 }],
    ['a token that is not known', '/event', {}, 'Splunk bad', 403, { text: 'Invalid token', code: 4 }],
    ['no body', '/event', { body: '' }, 'Splunk good', 400, { text: 'No data', code: 5 }],
    [
      'no JSON',
      '/event',
      { body: 'x' },
      'Splunk good',
      400,
      { text: 'Invalid data format', code: 6, 'invalid-event-number': 0 },
    ],
    ['no gzip', '/event', { headers: { 'content-encoding': 'gzip' } }, 'Splunk good', 400, { code: 6 }],
    ['no source to choose', '/event', {}, 'Splunk wide', 400, { text: 'Incorrect index', code: 7 }],
    ['a channel that is none', '/event?channel=x', {}, 'Splunk good', 400, { text: 'Invalid data channel', code: 11 }],
    [
      'an ack of no channel',
      '/ack',
      { body: '{"acks":[0]}' },
      'Splunk good',
      400,
      { text: 'Data channel is missing', code: 10 },
    ],
    [
      'an ack of too many ids',
      `/ack?channel=${CHANNEL}`,
      { body: `{"acks":[${'0,'.repeat(10_000)}0]}` },
      'Splunk good',
      400,
      { code: 6 },
    ],
    ['an ack of no ids', `/ack?channel=${CHANNEL}`, { body: '{"acks":["a"]}' }, 'Splunk good', 400, { code: 6 }],
    ['what is posted elsewhere', '/else', {}, 'Splunk good', 404, {}],
  ])('answers %s as Splunk does', async (_what, path, init, authorization, status, body) => {
    expect(await door.ask(path, { body: EVENT, ...init }, authorization)).toEqual({
      status,
      body: expect.objectContaining(body),
    });
    expect(door.appended).toEqual([]);
  });

  it('bounds what a packed body unpacks to', async () => {
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(3_000_000, 'x')));
    expect(await door.ask('/event', { body: bomb, headers: { 'content-encoding': 'gzip' } })).toMatchObject({
      status: 413,
      body: { code: 27 },
    });
    const packed = new Uint8Array(gzipSync(EVENT));
    expect(await door.ask('/event', { body: packed, headers: { 'content-encoding': 'gzip' } })).toEqual(success);
  });

  it('takes the good of a body and names the first that is bad', async () => {
    expect(await door.ask('/event', { body: `${EVENT}{"event":""}${EVENT}` })).toEqual({
      status: 400,
      body: { text: 'Event field cannot be blank', code: 13, 'invalid-event-number': 1 },
    });
    expect(door.appended.map(({ events }) => events.length)).toEqual([3]);
  });

  it('names its source by the query or a header; what Splunk calls source stays what it is', async () => {
    await door.ask('/raw?source=%2Fvar%2Flog%2Fx', { body: 'a' });
    await door.ask('/event?source=fw', { body: EVENT }, 'Splunk wide');
    await door.ask('/event', { body: EVENT, headers: { 'x-vigie-source': 'fw' } }, 'Splunk wide');
    expect(door.appended.map(({ source }) => source)).toEqual(['edr', 'fw', 'fw']);
    expect(door.appended[0]?.events[0]).toContain('"source":"/var/log/x"');
  });

  it('acknowledges by channel what Kafka has, and nothing else', async () => {
    let isAway = false;
    const acking = await start({ append: () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()) });
    const headers = { 'x-splunk-request-channel': CHANNEL };
    const send = () => acking.ask('/event', { body: EVENT, headers });
    expect(await send()).toEqual({ status: 200, body: { text: 'Success', code: 0, ackId: 0 } });
    isAway = true;
    expect(await send()).toMatchObject({ status: 503, body: { code: 9 } });
    isAway = false;
    expect(await acking.ask(`/event?channel=${CHANNEL}`, { body: EVENT })).toMatchObject({ body: { ackId: 1 } });
    expect(await acking.ask(`/ack?channel=${CHANNEL}`, { body: '{"acks":[0,1,2]}' })).toEqual({
      status: 200,
      body: { acks: { 0: true, 1: true, 2: false } },
    });
    const other = CHANNEL.replace('1', '2');
    expect(
      await acking.ask('/ack/1.0', { body: '{"acks":[0]}', headers: { 'x-splunk-request-channel': other } }),
    ).toEqual({ status: 200, body: { acks: { 0: false } } });
    await acking.close();
  });
});
