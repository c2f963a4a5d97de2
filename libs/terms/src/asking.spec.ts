import type { DeliveryOutcome } from '#contracts';
import { isToldBy, shareMs } from './asking.js';

it('each who is asked has a share of the time, be it nobody', () =>
  expect([shareMs(30, 3), shareMs(30, 0)]).toEqual([600_000, 1_800_000]));

it.each<[string, DeliveryOutcome, boolean]>([
  ['mail', 'ACCEPTED', true],
  ['phone', 'ACCEPTED', true],
  ['mail', 'UNREACHABLE', false],
  ['phone', 'UNANSWERED', false],
  ['portal', 'ACCEPTED', false],
])('by %s and %s a question is told: %s', (channel, outcome, isTold) =>
  expect(isToldBy({ channel, outcome })).toBe(isTold),
);
