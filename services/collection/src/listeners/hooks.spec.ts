import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readLine } from '../envelope/line.js';
import { ByteBudget } from './byte-budget.js';
import { hookFormat } from './hook-bodies.js';
import { hooksFrom, hooksIn, type Hook } from './hook-secrets.js';
import { opened, until } from '../../test/opened.js';
import { httpGround } from '../../test/http-ground.js';
import { MOST_OF_ADDRESS, MOST_OF_HOOK } from './unsigned-room.js';

const NOW = Date.parse('2026-11-30T01:00:00Z');
const KEY = 'a key of 16 characters or more';
const WHSEC = `whsec_${Buffer.from(KEY).toString('base64')}`;
const kept = (secret: object | string) => ({
  origins: ['https://sender.example'],
  secret: typeof secret === 'string' ? secret : JSON.stringify(secret),
});
const FILE = JSON.stringify({
  acme: {
    'hooks/okta': kept({ scheme: 'okta', source: 'idp', key: KEY }),
    'hooks/github': kept({ scheme: 'github', source: 'code', key: KEY }),
    'hooks/std': kept({ scheme: 'standard', source: 'app', key: WHSEC }),
    'hooks/any': kept({
      scheme: 'hmac',
      source: 'app',
      key: KEY,
      header: 'X-Sig',
      encoding: 'base64',
      prefix: 'v0=',
      timestampHeader: 'X-Time',
    }),
    'hooks/plain': kept({ scheme: 'hmac', source: 'app', key: KEY }),
    'hooks/gone': kept({ scheme: 'hmac', source: 'gone', key: KEY }),
    defender: kept('no hook of anybody'),
  },
});
const hmac = (encoding: 'hex' | 'base64', ...parts: string[]): string =>
  createHmac('sha256', KEY).update(parts.join('.')).digest(encoding);

describe('signed webhooks', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-hooks-spec-'));
  const file = join(dir, 'secrets.json');
  writeFileSync(file, FILE);
  afterAll(() => rmSync(dir, { recursive: true }));

  const clock = { ms: NOW };
  let appended: { tenant: string; source: string; events: string[] }[];
  let isAway = false;
  let whenStored: Promise<void>;
  let ports: Parameters<typeof httpGround>[0];
  let ground: Awaited<ReturnType<typeof httpGround>>;
  beforeEach(async () => {
    [appended, isAway, clock.ms, whenStored] = [[], false, NOW, Promise.resolve()];
    ports = {
      sourcesOf: (tenant) => (tenant === 'acme' ? ['idp', 'code', 'app'] : undefined),
      append: async (tenant, source, events) => {
        await whenStored;
        if (isAway) throw new Error('away');
        appended.push({ tenant, source, events: events.map(String) });
      },
      hooks: {
        find: hooksFrom(
          file,
          () => 0,
          () => undefined,
        ),
        nowMs: () => clock.ms,
      },
      mostBytes: 1_000_000,
      bytes: new ByteBudget(32_000_000),
      now: () => clock.ms,
    };
    ground = await httpGround(ports);
  });
  afterEach(() => ground.close());

  const post = async (
    hook: string,
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
    method = 'POST',
  ) => {
    const answer = await fetch(`${ground.base}/v1/hooks/${hook}`, {
      method,
      headers,
      ...(method === 'GET' ? {} : { body }),
    });
    return { status: answer.status, body: (await answer.json()) as unknown };
  };
  const events = () => appended.flatMap((one) => one.events.map((line) => String(readLine(Buffer.from(line))?.event)));
  const seconds = (ms = NOW): string => String(Math.floor(ms / 1_000));
  const signed: Record<string, (body: string, at?: string) => Record<string, string>> = {
    'acme/okta': () => ({ authorization: KEY }),
    'acme/github': (body) => ({ 'x-hub-signature-256': `sha256=${hmac('hex', body)}`, 'x-github-event': 'push' }),
    'acme/std': (body, at = seconds()) => ({
      'webhook-id': 'msg_1',
      'webhook-timestamp': at,
      'webhook-signature': `v1,AAAA v1,${hmac('base64', 'msg_1', at, body)}`,
    }),
    'acme/any': (body, at = seconds()) => ({ 'x-time': at, 'x-sig': `v0=${hmac('base64', at, body)}` }),
    'acme/plain': (body) => ({ 'x-signature': hmac('hex', body).toUpperCase() }),
  };
  const HOOKS = Object.keys(signed);
  const headersFor = (hook: string, body: string, at?: string): Record<string, string> =>
    signed[hook]?.(body, at) ?? {};

  it.each(HOOKS)('takes what is signed for %s, and says whose it is by the path alone', async (hook) => {
    const body = '{"a":1.10,"tenant":"globex","source":"edr"}';
    expect(await post(hook, body, headersFor(hook, body))).toEqual({ status: 202, body: { accepted: 1, bytes: 43 } });
    const source = { 'acme/okta': 'idp', 'acme/github': 'code' }[hook] ?? 'app';
    expect(appended.map((one) => [one.tenant, one.source])).toEqual([['acme', source]]);
    expect(events()).toEqual([body]);
  });

  it.each(HOOKS)('takes nothing for %s that is not signed, or that is changed', async (hook) => {
    const refused = { status: 401, body: { error: { code: 'NOT_SIGNED', message: expect.stringMatching(/\.$/) } } };
    expect(await post(hook, '{"a":1}', {})).toEqual(refused);
    const other = Object.fromEntries(
      Object.entries(headersFor(hook, '{"a":1}')).map(([name, value]) => [name, value.replace(/.(?=.{3}$)/, '!')]),
    );
    expect(await post(hook, '{"a":1}', other)).toEqual(refused);
    if (hook !== 'acme/okta') expect(await post(hook, '{"a":2}', headersFor(hook, '{"a":1}'))).toEqual(refused);
    for (const nobody of ['acme/none', 'globex/okta', 'acme/defender', 'A/okta'])
      expect((await post(nobody, '{"a":1}', headersFor(hook, '{"a":1}'))).status).toBeGreaterThanOrEqual(401);
    expect(appended).toEqual([]);
  });

  it('takes nothing of Okta that holds too many events', () => {
    const { read } = hookFormat({ scheme: 'okta' } as Hook, {});
    const body = Buffer.from(`{"data":{"events":[${'1,'.repeat(100_000)}1]}}`);
    const facts = { contentType: 'application/json', query: new URLSearchParams() };
    expect(() => read(body, facts)).toThrow(expect.objectContaining({ status: 413, code: 'TOO_MANY_EVENTS' }));
  });

  it('says around each event who sent it only as long as there is room', () => {
    const said = Object.fromEntries(['x-github-event', 'x-github-delivery'].map((name) => [name, 'x'.repeat(256)]));
    const { read } = hookFormat({ scheme: 'github' } as Hook, said);
    const facts = { contentType: 'application/json', query: new URLSearchParams() };
    const lines = read(Buffer.from('{}\n'.repeat(100_000)), facts).events;
    expect([lines.length, Buffer.concat(lines).length < 42 * 1024 * 1024]).toEqual([100_000, true]);
    expect(readLine(lines.at(-1) as Buffer)).toMatchObject({ flags: ['envelope-truncated'] });
  });

  it.each(['acme/std', 'acme/any'])('takes nothing for %s that was signed long ago, or for later', async (hook) => {
    for (const ms of [NOW - 301_000, NOW + 301_000])
      expect(await post(hook, '{}', headersFor(hook, '{}', seconds(ms)))).toMatchObject({ status: 401 });
    expect(
      await post(hook, '{}', { ...headersFor(hook, '{}'), 'webhook-timestamp': 'now', 'x-time': 'now' }),
    ).toMatchObject({ status: 401 });
  });

  it.each(['acme/std', 'acme/any'])(
    'takes once for %s what is sent twice, unless Kafka did not have it',
    async (hook) => {
      const headers = headersFor(hook, '{"a":1}');
      isAway = true;
      expect((await post(hook, '{"a":1}', headers)).status).toBe(503);
      isAway = false;
      expect((await post(hook, '{"a":1}', headers)).status).toBe(202);
      expect(await post(hook, '{"a":1}', headers)).toEqual({ status: 200, body: { accepted: 0, duplicate: true } });
      expect(appended).toHaveLength(1);
    },
  );

  it.each(['acme/std', 'acme/any'])('takes once for %s what is sent twice at once', async (hook) => {
    const headers = headersFor(hook, '{"a":1}');
    let store = (): void => undefined;
    whenStored = new Promise((stored) => {
      store = stored;
    });
    const answers = [1, 2, 3].map(() => post(hook, '{"a":1}', headers));
    setImmediate(store);
    expect((await Promise.all(answers)).map(({ status }) => status).sort()).toEqual([200, 200, 202]);
    expect(appended).toHaveLength(1);
  });

  it('tells all who send at once to send again what Kafka did not have', async () => {
    const headers = headersFor('acme/std', '{"a":1}');
    isAway = true;
    const answers = await Promise.all([1, 2].map(() => post('acme/std', '{"a":1}', headers)));
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });

  const beginning = (hook: string, body: string): string =>
    `POST /v1/hooks/${hook} HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n${body}`;

  it('bounds what one address begins without a signature, and ends it after ten seconds', async () => {
    const begun = await Promise.all(
      Array.from({ length: MOST_OF_ADDRESS }, () => opened(ground.port, beginning('acme/okta', 'x'))),
    );
    const busy = { status: 429, body: { error: { code: 'BUSY' } } };
    await until(() => true);
    expect(await post('acme/std', '{"a":1}', headersFor('acme/std', '{"a":1}'))).toMatchObject(busy);
    expect(appended).toEqual([]);
    for (const { socket } of begun) for (let at = 0; at < 20; at += 1) socket.write('x'.repeat(1_024));
    clock.ms += 10_001;
    await until(() => {
      ground.sweep();
      return begun.every(({ seen }) => seen.answer.startsWith('HTTP/1.1 408'));
    });
    clock.ms = NOW;
    expect(await post('acme/std', '{"a":1}', headersFor('acme/std', '{"a":1}'))).toMatchObject({ status: 202 });
    for (const { socket } of begun) socket.destroy();
  });

  it('holds two bodies of what is not signed, and takes no room of the tenant for it', async () => {
    const begun = await Promise.all(
      [1, 2, 3].map(() => opened(ground.port, beginning('acme/okta', 'x'.repeat(800_000)))),
    );
    await until(() => begun.filter(({ seen }) => seen.answer.startsWith('HTTP/1.1 429')).length === 1);
    for (const { socket } of begun) socket.destroy();
  });

  it('takes what is signed though others hold all that a webhook may have, by what is old giving way', async () => {
    await ground.close();
    ground = await httpGround({ ...ports, connections: { total: 200, ofAddress: 200 } });
    const begun = await Promise.all(
      Array.from({ length: MOST_OF_HOOK }, () => opened(ground.port, beginning('acme/std', 'x'))),
    );
    await until(() => ports?.bytes?.held === MOST_OF_HOOK);
    clock.ms += 1_000;
    expect(await post('acme/std', '{"a":1}', headersFor('acme/std', '{"a":1}'))).toMatchObject({ status: 202 });
    await until(() => begun.some(({ seen }) => seen.answer.startsWith('HTTP/1.1 429')));
    expect(begun.filter(({ seen }) => seen.answer !== '')).toHaveLength(1);
    for (const { socket } of begun) socket.destroy();
  });

  it("answers Okta's challenge, for its own hooks alone", async () => {
    const headers = { 'x-okta-verification-challenge': 'abc123' };
    expect(await post('acme/okta', '', headers, 'GET')).toEqual({ status: 200, body: { verification: 'abc123' } });
    for (const hook of ['acme/github', 'acme/none']) expect((await post(hook, '', headers, 'GET')).status).toBe(401);
    expect((await post('acme/okta', '', {}, 'GET')).status).toBe(401);
  });

  it("cuts Okta's bodies into their events", async () => {
    const body = '{"eventType":"com.okta.event_hook","data":{"events":[{"uuid":"1"}, {"uuid":"2"}]}}';
    expect(await post('acme/okta', body, headersFor('acme/okta', body))).toMatchObject({ body: { accepted: 2 } });
    expect(events()).toEqual(['{"uuid":"1"}', '{"uuid":"2"}']);
  });

  it("takes GitHub's forms, keeps what its headers say, and answers a ping", async () => {
    const body = `payload=${encodeURIComponent('{"ref":"x"}')}`;
    const form = { ...headersFor('acme/github', body), 'content-type': 'application/x-www-form-urlencoded' };
    expect(await post('acme/github', body, form)).toMatchObject({ status: 202 });
    expect(events()).toEqual(['{"ref":"x"}']);
    expect(readLine(Buffer.from(appended[0]?.events[0] ?? ''))?.said).toBe('{"x-github-event":"push"}');
    expect(await post('acme/github', body, { ...form, 'x-github-event': 'ping' })).toEqual({
      status: 200,
      body: { accepted: 0 },
    });
    expect(appended).toHaveLength(1);
  });

  it('refuses what cannot be taken, once it is signed', async () => {
    const signature = (body: string) => ({ 'x-signature': hmac('hex', body) });
    expect(await post('acme/gone', '{}', signature('{}'))).toMatchObject({ status: 403 });
    expect(await post('acme/plain', '', signature(''))).toMatchObject({ status: 400 });
    const packed = new Uint8Array(gzipSync('{}'));
    expect(await post('acme/plain', packed, { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
    expect(await post('acme/plain', 'x'.repeat(1_000_001), {})).toMatchObject({ status: 413 });
  });

  it('sees a file that is changed, and tells once what is wrong with it', () => {
    const changing = join(dir, 'changing.json');
    const told: string[][] = [];
    let ms = 0;
    const find = hooksFrom(
      changing,
      () => ms,
      (problems) => void told.push(problems),
    );
    expect(find('acme', 'okta')).toBeUndefined();
    writeFileSync(changing, FILE);
    expect(find('acme', 'okta')).toBeUndefined();
    ms = 1_000;
    expect(find('acme', 'okta')).toMatchObject({ source: 'idp', header: 'authorization' });
    writeFileSync(changing, 'no JSON');
    ms = 2_000;
    expect(find('acme', 'okta')).toBeUndefined();
    expect(told).toEqual([['it cannot be read'], ['it is not JSON']]);
    const short = JSON.stringify({ acme: { 'hooks/x': kept({ scheme: 'github', source: 'code', key: 'short' }) } });
    expect(hooksIn(short).problems).toEqual([expect.stringContaining('acme/hooks/x is no webhook')]);
    expect(hooksIn(short).problems.join()).not.toContain('"short"');
  });
});
