import { heard } from '#libs/testing';
import { readyRequests } from './ready-requests.js';

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
