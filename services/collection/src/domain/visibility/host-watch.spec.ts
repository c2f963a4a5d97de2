import { HOUR_MS } from '#libs/terms';
import { at, receiptOfRange } from '../../../test/visibility-samples.js';
import { hostsAfter } from './host-watch.js';

describe('which devices a source told of', () => {
  const told = (from: number, to: number, names: string[], lastOccurredAt: number | null = null) =>
    receiptOfRange(from, to, {
      lastOccurredAt,
      hosts: names.map((host) => ({ host, firstOccurredAt: 0, lastOccurredAt: 0 })),
    });
  const first = hostsAfter(undefined, told(0, 9, ['dc01', 'ws1'], at(0, 1)), at(0, 1));

  it('is the same when a message is read again a day later', () =>
    expect(hostsAfter(first, told(0, 9, ['dc01', 'ws1'], at(0, 1)), at(1, 1))).toEqual(first));
  it('counts what comes with messages that were not read yet', () => {
    const { hosts } = hostsAfter(first, told(5, 12, ['dc01'], at(0, 3)), at(0, 3));
    expect(hosts.map(({ host, first: since, last }) => [host, last - since])).toEqual([
      ['dc01', (2 * HOUR_MS) / (HOUR_MS / 4)],
      ['ws1', 0],
    ]);
  });
  it('counts a topic that was made anew, and another partition by itself', () => {
    const anew = hostsAfter(first, told(0, 3, ['dc01'], at(0, 5)), at(0, 5));
    const other = hostsAfter(first, { ...told(0, 3, ['dc01']), partition: 1 }, at(0, 5));
    expect([anew, other].map(({ hosts }) => hosts[0]!.last > hosts[0]!.first)).toEqual([true, true]);
  });
});
