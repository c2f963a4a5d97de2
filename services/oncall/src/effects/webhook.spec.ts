import { createHmac } from 'node:crypto';
import { createEgress, createHttp, SecretMissing } from '#libs/outbound';
import { startHookServer, type TakenHook, type TestHookServer } from '../../test/hook-server.js';
import { openHooks } from './webhook.js';

const KEY = 'a-key-that-both-sides-know';
const NOW = Date.UTC(2026, 10, 2, 10, 0);
/** Only who never answers is not waited for; a busy machine may be slow to. */
const [PATIENT_MS, HASTY_MS] = [60_000, 300];
const message = { tenant: 'acme', ref: 'soc-hook', id: 'm-1', body: { text: 'A case' } };

describe('a webhook', () => {
  let server: TestHookServer;
  beforeAll(async () => {
    server = await startHookServer();
  });
  afterAll(async () => server?.stop());

  const sendTo = (
    path: string,
    { allow = ['127.0.0.1'], at = server.origin, origins = [server.origin], key = KEY, patienceMs = PATIENT_MS } = {},
  ) =>
    openHooks({
      keep: () => ({
        secret: JSON.stringify({ url: `${at}/${path}/T0/xyz-secret`, ...(key ? { key } : {}) }),
        origins,
      }),
      connect: (reachable) => createHttp(createEgress({ allow, origins: reachable })),
      now: () => NOW,
      patienceMs,
    })(message);

  it('is delivered at 2xx, signed over id, time and body', async () => {
    expect(await sendTo('takes')).toEqual({ outcome: 'ACCEPTED', said: '200 OK' });
    const { headers, body } = server.taken.at(-1) as TakenHook;
    expect(body).toBe('{"text":"A case"}');
    expect(headers['webhook-id']).toBe('m-1');
    expect(headers['webhook-timestamp']).toBe(String(NOW / 1_000));
    const signed = createHmac('sha256', KEY)
      .update(`m-1.${NOW / 1_000}.${body}`)
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signed}`);
  });
  it('bears no signature where no key is agreed, as with Slack and Teams', async () => {
    await sendTo('takes', { key: '' });
    expect(server.taken.at(-1)?.headers['webhook-signature']).toBeUndefined();
  });
  it.each([
    ['slow', 'UNREACHABLE', 'no answer within 300 ms'],
    ['refuses', 'REFUSED', '410 Gone'],
    ['broken', 'UNREACHABLE', '503 Service Unavailable'],
    ['redirects', 'UNREACHABLE', 'redirected'],
    ['closes-early', 'UNREACHABLE', 'ECONNRESET'],
    ['stops-in-the-middle', 'UNREACHABLE', 'ECONNRESET'],
  ])('that %s is a failed attempt, with what was said and without what is secret', async (manner, outcome, said) => {
    const result = await sendTo(manner, { patienceMs: manner === 'slow' ? HASTY_MS : PATIENT_MS });
    expect(result).toEqual({ outcome, said: expect.stringContaining(said) });
    expect(JSON.stringify(result)).not.toContain('xyz-secret');
    expect(server.taken.filter(({ path }) => path.includes('elsewhere'))).toEqual([]);
  });
  it('that never left is no attempt', async () => {
    const gone = await startHookServer();
    await gone.stop();
    const said = 'no connection (ECONNREFUSED)';
    expect(await sendTo('takes', { at: gone.origin, origins: [gone.origin] })).toEqual({ outcome: 'NOT_MADE', said });
  });
  it.each([
    ['escapes its address', 'escapes'],
    ['answers with a part of its address', 'tells-part'],
    ['answers with its key, encoded', 'tells-key'],
  ])('keeps nothing that a receiver wrote which %s', async (_what, manner) =>
    expect(await sendTo(manner, { key: 'a/key+that both=know' })).toEqual({
      outcome: 'REFUSED',
      said: '404 Not Found',
    }),
  );
  it.each([
    ['this machine, unless the installation allows it', { allow: [] }],
    ['another origin than its secret belongs to', { origins: ['https://hooks.acme.example'] }],
  ])('does not go to %s', async (_where, options) => {
    const before = server.taken.length;
    expect(await sendTo('takes', options)).toMatchObject({ outcome: 'NO_SENDER' });
    expect(server.taken).toHaveLength(before);
  });
  it.each([
    [
      'is not kept',
      (): never => {
        throw new SecretMissing('no secret soc-hook is kept');
      },
      'NO_SENDER',
    ],
    ['is a text alone', () => ({ secret: 'https://hooks.example/xyz-secret', origins: [] }), 'NO_SENDER'],
    [
      'has a key that is too short',
      () => ({ secret: '{"url":"https://hooks.example/xyz-secret","key":"k"}', origins: [] }),
      'NO_SENDER',
    ],
  ])('whose secret %s says so, and no more', async (_what, keep, outcome) => {
    const connect = (): never => {
      throw new Error('not called');
    };
    const result = await openHooks({ keep, connect, now: () => NOW })(message);
    expect(result).toEqual({ outcome, said: expect.stringContaining('soc-hook') });
    expect(result.said).not.toContain('xyz');
  });
});
