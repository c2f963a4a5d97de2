import { heard } from '#libs/testing';
import { DAY_MS } from '#libs/terms';
import type { Keys } from './keys.js';
import { readyRequests, signedRequest } from './ready-requests.js';

const { envelope } = heard({ type: 'case.opened' }, { correlationId: 'story' });
const request = { type: 'case.acknowledge', caseId: 'c1' };

it('asks the same thing under the same id, however often the cause comes', () =>
  expect(readyRequests([{ request }], envelope, 'reaction')).toEqual(
    readyRequests([{ request }], envelope, 'reaction'),
  ));

it.each([
  ['by another', readyRequests([{ request }], envelope, 'other')],
  ['for another cause', readyRequests([{ request }], { ...envelope, id: 'else' }, 'reaction')],
  ['with another seed', readyRequests([{ request, seed: '2' }], envelope, 'reaction')],
  ['at another time', readyRequests([{ request, dueAt: 5 }], envelope, 'reaction')],
])('%s it is another request', (_what, other) =>
  expect(other[0]?.id).not.toBe(readyRequests([{ request }], envelope, 'reaction')[0]?.id),
);

it('keeps the tenant and the story of its cause', () =>
  expect(readyRequests([{ request }], envelope, 'reaction')[0]).toMatchObject({
    tenant: 'acme',
    causationId: envelope.id,
    correlationId: 'story',
  }));

/** Answers are let go of after 90 days: whoever is asked again later must find the request over. */
it.each([
  ['at once', 0, undefined, 30],
  ['late', 45, undefined, 75],
  ['so late that it could come again for longer than its answer is kept', 70, undefined, 89],
  ['after that, when it is over already', 100, undefined, 89],
  ['by a timer, from when it was due', 400, 399, 430],
  ['by a timer of long ago', 400, 200, 289],
])('asked %s, a request ends before its answer is gone', async (_what, day, dueDay, ends) => {
  const [ready] = readyRequests(
    [{ request, ...(dueDay === undefined ? {} : { dueAt: envelope.time + dueDay * DAY_MS }) }],
    envelope,
    'reaction',
  );
  let end = 0;
  const sign: Keys['sign'] = async ({ expiresAt }) => {
    end = expiresAt;
    return 'x';
  };
  await signedRequest('cases', { sign, verify: () => Promise.reject(new Error()) }, envelope.time + day * DAY_MS, {
    ...ready!,
    request,
  }).catch(() => undefined);
  expect((end - envelope.time) / DAY_MS).toBe(ends);
});
