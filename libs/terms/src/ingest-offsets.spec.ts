import type { TelemetryReceived } from '#contracts';
import { isTopicMadeAnew } from './ingest-offsets.js';

const receipt = (
  fromOffset: number,
  toOffset: number,
  first: number | null,
  last: number | null,
): TelemetryReceived => ({
  ...{ type: 'telemetry.received', source: 'edr', topic: 'ingest.acme.edr', partition: 0, fromOffset, toOffset },
  ...{
    messages: 1,
    accepted: 1,
    dead: 0,
    unrecognised: 0,
    bytes: 1,
    firstOccurredAt: first,
    lastOccurredAt: last,
    hosts: null,
  },
});
const known = { next: 100, lastOccurredAt: 1_000 };

it.each<[string, boolean, TelemetryReceived]>([
  ['begins at nought with later things', true, receipt(0, 9, 900, 2_000)],
  ['lies behind what was counted and tells of later things', true, receipt(20, 29, 1_500, 2_000)],
  ['is as long as all that was counted, and later', true, receipt(0, 99, 900, 2_000)],
  ['is longer than all that was counted, and of later things alone', true, receipt(0, 149, 1_500, 2_000)],
  ['is read again', false, receipt(0, 9, 100, 1_000)],
  ['is read again with more behind it', false, receipt(0, 149, 100, 2_000)],
  ['follows', false, receipt(100, 149, 1_500, 2_000)],
  ['tells of nothing', false, receipt(0, 9, null, null)],
])('a receipt that %s: made anew %s', (_what, isAnew, of) => expect(isTopicMadeAnew(known, of)).toBe(isAnew));

it('is never of a topic made anew when nothing was counted', () =>
  expect(isTopicMadeAnew({ next: 0, lastOccurredAt: 0 }, receipt(0, 9, 1, 2))).toBe(false));
