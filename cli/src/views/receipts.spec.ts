import type { TelemetryReceived } from '#contracts';
import type { Heard } from '#libs/model';
import { heard } from '#libs/testing';
import { carriedRanges } from './receipts.js';

/** What of those that are kept is to be read beside those that Kafka carries. */
const withoutCarried = (kept: readonly Heard[], carriedOnes: readonly Heard[]): Heard[] => {
  const ranges = carriedRanges();
  for (const one of carriedOnes) ranges.take(one);
  return kept.filter((one) => !ranges.has(one));
};

const receipt = (fromOffset: number, toOffset: number, time: number) =>
  heard<TelemetryReceived>(
    {
      ...{ type: 'telemetry.received', source: 'edr', topic: 'ingest.acme.edr', partition: 0, fromOffset, toOffset },
      ...{
        messages: 1,
        accepted: 1,
        dead: 0,
        unrecognised: 0,
        bytes: 1,
        firstOccurredAt: time,
        lastOccurredAt: time,
        hosts: null,
      },
    },
    { time },
  );
const finding = heard({ type: 'finding.raised' }, { time: 100 });
const carried = [receipt(20, 24, 30), receipt(25, 29, 31), receipt(30, 34, 40)];

it('takes those that Kafka carries from there, and those that it forgot from who keeps them', () => {
  const forgotten = [receipt(0, 9, 10), receipt(10, 24, 20)];
  expect(withoutCarried([finding, ...forgotten, receipt(25, 29, 31), receipt(30, 34, 40)], carried)).toEqual([
    finding,
    ...forgotten,
  ]);
});

it('keeps all that was kept of a topic before it was made anew', () => {
  const before = Array.from({ length: 20 }, (_, index) => receipt(index * 10, index * 10 + 9, index + 1));
  expect(withoutCarried([...before, receipt(0, 9, 50)], [receipt(0, 9, 50), receipt(10, 19, 51)])).toEqual(before);
});

it('keeps what began before the first that Kafka has, though it ended later', () => {
  const across = receipt(15, 29, 31);
  expect(withoutCarried([across], carried)).toEqual([across]);
});
