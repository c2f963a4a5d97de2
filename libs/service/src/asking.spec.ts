import { heard } from '#libs/testing';
import { ready } from './asking.js';

const { envelope } = heard({ type: 'case.opened' }, { correlationId: 'story' });
const request = { type: 'case.acknowledge', caseId: 'c1' };

it('asks the same thing under the same id, however often the cause comes', () =>
  expect(ready([{ request }], envelope, 'reaction')).toEqual(ready([{ request }], envelope, 'reaction')));

it.each([
  ['by another', ready([{ request }], envelope, 'other')],
  ['for another cause', ready([{ request }], { ...envelope, id: 'else' }, 'reaction')],
  ['with another seed', ready([{ request, seed: '2' }], envelope, 'reaction')],
  ['at another time', ready([{ request, dueAt: 5 }], envelope, 'reaction')],
])('%s it is another request', (_what, other) =>
  expect(other[0]?.id).not.toBe(ready([{ request }], envelope, 'reaction')[0]?.id),
);

it('keeps the tenant and the story of its cause', () =>
  expect(ready([{ request }], envelope, 'reaction')[0]).toMatchObject({
    tenant: 'acme',
    causationId: envelope.id,
    correlationId: 'story',
  }));
