import type { TelemetryReceived } from '#contracts';
import { stretchKey, toldAfter, type ReceiptRing, type ToldReceipts } from './told-receipts.js';

const RING: ReceiptRing = { unitMs: 60_000, stretchMs: 900_000, stretches: 4 };
const AT = 1_000 * 900_000;

/** Each message holds two events, of which one is flagged, and one piece that cannot be read. */
const receipt = (fromOffset: number, toOffset: number, minute = 0): TelemetryReceived => {
  const messages = toOffset - fromOffset + 1;
  return {
    type: 'telemetry.received',
    source: 'edr',
    topic: 'ingest.acme.edr',
    partition: 0,
    fromOffset,
    toOffset,
    messages,
    accepted: 2 * messages,
    dead: messages,
    unrecognised: messages,
    bytes: 10 * messages,
    firstOccurredAt: fromOffset,
    lastOccurredAt: toOffset,
    receivedAt: AT + minute * 60_000 + 5,
    flags: [{ flag: 'nothing-known', count: messages }],
    losses: [{ code: 'NOT_JSON', sentence: 'no', count: messages, examples: [{ offset: fromOffset, index: 0 }] }],
  };
};
const after = (...receipts: TelemetryReceived[]): ToldReceipts | undefined =>
  receipts.reduce<ToldReceipts | undefined>((doc, one) => toldAfter(doc, one, 0, RING), undefined);
const rangesOf = (doc: ToldReceipts | undefined): string[] =>
  (doc?.ranges ?? []).map(({ at, fromOffset, toOffset, accepted, losses, flags }) =>
    [(at - AT) / 60_000, `${fromOffset}-${toOffset}`, accepted, losses[0]?.count, flags[0]?.count].join(' '),
  );

it.each<[string, TelemetryReceived[], string[]]>([
  [
    'are summed by the minute',
    [receipt(0, 9), receipt(10, 19), receipt(20, 29, 1)],
    ['0 0-19 40 20 20', '1 20-29 20 10 10'],
  ],
  [
    'that come again are told once',
    [receipt(0, 9), receipt(10, 19, 1), receipt(0, 9)],
    ['0 0-9 20 10 10', '1 10-19 20 10 10'],
  ],
  ['cut otherwise tell what is new in them', [receipt(0, 9), receipt(5, 14)], ['0 0-14 30 15 15']],
  ['behind a gap, of what expired, go on', [receipt(0, 9), receipt(20, 29)], ['0 0-29 40 20 20']],
  [
    'of a topic made anew are told',
    [receipt(0, 9), { ...receipt(0, 3), lastOccurredAt: 50 }],
    ['0 0-9 20 10 10', '0 0-3 8 4 4'],
  ],
])('receipts %s', (_what, receipts, told) => expect(rangesOf(after(...receipts))).toEqual(told));

it('a place in the ring is taken by what is newer, and never by what is older', () => {
  const newer = receipt(50, 59, 60);
  expect(stretchKey(receipt(0, 9), 0, RING)).toBe(stretchKey(newer, 0, RING));
  expect(rangesOf(after(receipt(0, 9), newer, receipt(10, 19)))).toEqual(['60 50-59 20 10 10']);
});

it('of receipts that do not say when it came, when they were said counts', () => {
  const { receivedAt: _unsaid, ...old } = receipt(0, 9);
  expect(toldAfter(undefined, old, AT + 61_000, RING)).toMatchObject({ since: AT, ranges: [{ at: AT + 60_000 }] });
});
