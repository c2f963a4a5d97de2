import type { TelemetryReceived } from '#contracts';
import { heard, showing } from '#libs/testing';
import { receiptJournal } from './receipt-journal.js';

const QUARTER = 900_000;
const receipt = (from: number, to: number, over: Partial<TelemetryReceived> = {}, time = 0) =>
  heard<TelemetryReceived>(
    {
      type: 'telemetry.received',
      source: 'endpoint',
      topic: 'ingest.acme.endpoint',
      partition: 0,
      fromOffset: from,
      toOffset: to,
      messages: to - from + 1,
      accepted: 10 * (to - from + 1),
      dead: 0,
      unrecognised: 0,
      bytes: 100 * (to - from + 1),
      ...over,
    },
    { time },
  );

const shown = (...receipts: ReturnType<typeof receipt>[]) =>
  showing(receiptJournal).of(...receipts)['ingest.acme.endpoint/0']!;
const accepted = (...receipts: ReturnType<typeof receipt>[]): number =>
  shown(...receipts).slots.reduce((sum, slot) => sum + slot.accepted, 0);

it('sums receipts by quarter of an hour', () =>
  expect(shown(receipt(0, 9), receipt(10, 14, { dead: 1 }, QUARTER), receipt(15, 19, {}, QUARTER + 1)).slots).toEqual([
    { slot: 0, messages: 10, accepted: 100, dead: 0, bytes: 1_000 },
    { slot: 1, messages: 10, accepted: 100, dead: 1, bytes: 1_000 },
  ]));

it('counts a receipt that comes twice once', () =>
  expect(accepted(receipt(0, 9), receipt(10, 19), receipt(0, 9), receipt(10, 19, {}, QUARTER))).toBe(200));

it('lets a wider range take the place of those it holds, at the time they were received', () => {
  const doc = shown(receipt(0, 9), receipt(10, 19), receipt(0, 29, {}, QUARTER));
  expect(doc.slots).toEqual([{ slot: 0, messages: 30, accepted: 300, dead: 0, bytes: 3_000 }]);
});

it('does not count what other ranges hold between them', () =>
  expect(accepted(receipt(0, 9), receipt(10, 19), receipt(5, 14))).toBe(200));

it('counts only the share of a crossing range that is new', () =>
  expect(accepted(receipt(0, 9), receipt(5, 14))).toBe(150));

it('takes ranges in any order', () => expect(accepted(receipt(20, 29), receipt(0, 9), receipt(10, 19))).toBe(300));

it('counts nothing twice when a long stream is read again with other bounds', () => {
  const once = Array.from({ length: 600 }, (_, index) => receipt(index * 10, index * 10 + 9));
  const again = Array.from({ length: 240 }, (_, index) => receipt(index * 25, index * 25 + 24, {}, QUARTER));
  const doc = shown(...once, ...again);
  expect(doc.slots.reduce((sum, slot) => sum + slot.accepted, 0)).toBe(60_000);
  expect(doc.slots.map(({ slot }) => slot)).toEqual([0]);
  expect(doc.tail.length).toBeLessThanOrEqual(256);
});

it('forgets sums after seventy days', () =>
  expect(shown(receipt(0, 9), receipt(10, 19, {}, 71 * 96 * QUARTER)).slots.map(({ slot }) => slot)).toEqual([
    71 * 96,
  ]));

it('begins anew with a topic that was made anew, and keeps what the one before it brought', () => {
  const old = receipt(0, 9_999, { lastOccurredAt: 10 });
  const anew = [0, 1, 2, 3, 4].map((index) =>
    receipt(index * 1_000, index * 1_000 + 999, { lastOccurredAt: QUARTER + index }, QUARTER + index),
  );
  const doc = shown(old, ...anew, ...anew, old);
  expect(doc.slots.map(({ accepted: events }) => events)).toEqual([100_000, 50_000]);
  expect(shown(old, anew[0]!, old, ...anew).slots).toEqual(doc.slots);
});

it('takes a topic that is read again with more behind it for the same', () => {
  const again = receipt(0, 19, { firstOccurredAt: 1, lastOccurredAt: 20 });
  expect(accepted(receipt(0, 9, { firstOccurredAt: 1, lastOccurredAt: 10 }), again)).toBe(200);
});
