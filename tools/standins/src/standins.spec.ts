import { once } from 'node:events';
import { connect } from 'node:net';
import { standins, type Standin } from './index.js';

const json = async (standin: Standin, path: string, init?: RequestInit) => {
  const answer = await fetch(standin.url + path, init);
  return { status: answer.status, body: (await answer.json().catch(() => null)) as unknown };
};
const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** A call of each vendor that asks, and changes nothing. */
const ASKS: Record<string, string> = { defender: '/api/machines', okta: '/api/v1/users/alice' };

it('each is asked something below', () =>
  expect(Object.keys(ASKS).sort()).toEqual(standins.map(({ vendor }) => vendor)));

describe.each(standins.map(({ vendor, start }) => [vendor, start, ASKS[vendor] ?? '/'] as const))(
  'the stand-in of %s',
  (_, start, path) => {
    let standin: Standin;
    beforeEach(async () => {
      standin = await start({});
    });
    afterEach(() => standin.stop());

    it('answers nobody without its credential', async () => {
      expect(await json(standin, path)).toMatchObject({ status: 401 });
      expect(await json(standin, path, { headers: { authorization: 'Bearer guess' } })).toMatchObject({ status: 401 });
    });
    it('is told over HTTP to misbehave, and shows its calls and its state', async () => {
      expect(await json(standin, '/_standin/misbehave', post({ mode: 'lie' }))).toEqual({
        status: 200,
        body: { mode: 'lie' },
      });
      expect(await json(standin, '/_standin/misbehave', post({ mode: 'dance' }))).toMatchObject({ status: 400 });
      await json(standin, path);
      expect(await json(standin, '/_standin/calls')).toMatchObject({ status: 200, body: [{ method: 'GET', path }] });
      expect(await json(standin, '/_standin/state')).toMatchObject({ status: 200 });
    });
    it('bears broken JSON and unknown paths', async () => {
      expect(
        await json(standin, path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }),
      ).toMatchObject({ status: 400 });
      expect(await json(standin, '/nowhere')).toMatchObject({ status: 404 });
    });
    it('stops while a call is under way', async () => {
      const { hostname, port } = new URL(standin.url);
      const half = connect(Number(port), hostname);
      const ended = new Promise((resolve) => half.once('error', resolve).once('close', resolve));
      await once(half, 'connect');
      half.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{`);
      await standin.stop();
      await ended;
    });
  },
);
