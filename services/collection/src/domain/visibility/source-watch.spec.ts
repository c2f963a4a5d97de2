import { receiptOfRange, MONDAY } from '../../../test/visibility-samples.js';
import { readingOf, watched, type SourceWatch } from './source-watch.js';
import { HOUR_MS } from '#libs/terms';

const after = (...heard: [from: number, to: number, at: number, lastOccurredAt?: number][]): SourceWatch =>
  heard.reduce<SourceWatch | undefined>(
    (doc, [from, to, at, lastOccurredAt = null]) => watched(doc, receiptOfRange(from, to, { lastOccurredAt }), at),
    undefined,
  )!;
const events = (doc: SourceWatch): number => doc.hours.reduce((sum, { accepted }) => sum + accepted, 0);

it('counts what is read again once, and takes it for nothing new', () => {
  const doc = after([0, 9, MONDAY], [10, 19, MONDAY + HOUR_MS], [0, 19, MONDAY + 2 * HOUR_MS]);
  expect([events(doc), doc.lastEventAt]).toEqual([20, MONDAY + HOUR_MS]);
});

it('counts the new share of a range that was cut otherwise', () =>
  expect(events(after([0, 9, MONDAY], [5, 14, MONDAY]))).toBe(15));

it('begins anew with a topic that was made anew', () => {
  const again = after([0, 9, MONDAY, MONDAY - 1], [0, 4, MONDAY + HOUR_MS, MONDAY + HOUR_MS]);
  expect([events(again), again.lastEventAt, again.next]).toEqual([15, MONDAY + HOUR_MS, 5]);
  const reread = after([0, 9, MONDAY, MONDAY - 1], [0, 4, MONDAY + HOUR_MS, MONDAY - 2]);
  expect([events(reread), reread.lastEventAt]).toEqual([10, MONDAY]);
});

it('begins anew also where what came first of the topic that was made anew is dead or old', () => {
  const before = after([0, 999, MONDAY, MONDAY - 1]);
  const dead = receiptOfRange(0, 9, { accepted: 0, dead: 10, lastOccurredAt: null });
  const old = receiptOfRange(10, 19, { lastOccurredAt: MONDAY - HOUR_MS });
  const fresh = receiptOfRange(20, 29, { lastOccurredAt: MONDAY + HOUR_MS });
  const later = MONDAY + 2 * HOUR_MS;
  const doc = [dead, old, fresh].reduce((known, receipt) => watched(known, receipt, later), before);
  expect([events(doc), doc.lastEventAt, doc.next]).toEqual([1_010, later, 30]);
});

it('takes what is read again for nothing new, also where the clock of its sender is ahead', () => {
  const ahead = MONDAY + 4 * 60_000;
  const doc = after([0, 9, MONDAY, ahead], [10, 19, MONDAY + 1, ahead], [0, 9, MONDAY + HOUR_MS, ahead]);
  expect([events(doc), doc.next]).toEqual([20, 20]);
});

it('forgets hours after twenty-nine days', () =>
  expect(after([0, 9, MONDAY], [10, 19, MONDAY + 29 * 24 * HOUR_MS]).hours).toHaveLength(1));

it('sums partitions of a topic', () => {
  const one = after([0, 9, MONDAY]);
  const reading = readingOf([one, { ...one, partition: 1, lastEventAt: MONDAY + 1 }]);
  expect([reading.lastEventAt, [...reading.hours.values()][0]?.accepted]).toEqual([MONDAY + 1, 20]);
});
