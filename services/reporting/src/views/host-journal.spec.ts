import { heard, showing } from '#libs/testing';
import { sameInAnyOrder } from '../../test/fact-order.js';
import { minute } from '../../test/samples.js';
import { hostJournal } from './index.js';

describe('the journal of hosts', () => {
  const seen = (host: string, first: number, last = first) => ({ host, firstOccurredAt: first, lastOccurredAt: last });
  const receipt = (...hosts: ReturnType<typeof seen>[]) =>
    heard({
      type: 'telemetry.received' as const,
      source: 'endpoint',
      topic: 't',
      partition: 0,
      fromOffset: 0,
      toOffset: 1,
      messages: 1,
      accepted: 1,
      dead: 0,
      unrecognised: 0,
      bytes: 1,
      hosts,
    });
  const day = (...receipts: ReturnType<typeof receipt>[]) =>
    showing(hostJournal).of(...receipts)['endpoint@2026-11-16']?.hosts;
  it('keeps the first and last time a device told something on a day, in any order', () =>
    sameInAnyOrder(hostJournal, [
      [receipt(seen('ws-01', minute(5)))],
      [receipt(seen('ws-01', minute(1)), seen('dc-01', minute(1)))],
      [receipt(seen('ws-01', minute(9)))],
    ]));
  it('is the same when telemetry is read again in other pieces', () => {
    const pieces = [receipt(seen('dc-01', minute(1))), receipt(seen('ws-01', minute(2), minute(9)))];
    expect(day(...pieces, receipt(seen('dc-01', minute(1)), seen('ws-01', minute(2), minute(9))))).toEqual(
      day(...pieces),
    );
  });
  it('knows nothing when not told', () => {
    expect(showing(hostJournal).of(receipt())).toEqual({});
    expect(day(receipt(seen('ws-01', minute(1))))).toEqual([{ host: 'ws-01', first: minute(1), last: minute(1) }]);
  });
});
