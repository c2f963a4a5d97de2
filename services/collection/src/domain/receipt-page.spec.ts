import type { ToldRange, ToldReceipts } from '#libs/terms';
import { pageOf, readCursor, type ReceiptCursor } from './receipt-page.js';

const range = (minute: number, fromOffset: number, toOffset: number): ToldRange => ({
  at: minute * 60_000,
  fromOffset,
  toOffset,
  messages: 1,
  bytes: 10,
  accepted: 2,
  dead: 1,
  unrecognised: 1,
  firstOccurredAt: 0,
  lastOccurredAt: null,
  flags: [{ flag: 'nothing-known', count: 1 }],
  losses: [{ code: 'NOT_JSON', sentence: 'no', count: 1, examples: [{ offset: fromOffset, index: 3 }] }],
});
const stretch = (partition: number, ...ranges: ToldRange[]): ToldReceipts => ({
  source: 'edr',
  partition,
  since: 0,
  ranges,
});
const none: ReceiptCursor = new Map();
const places = (stretches: ToldReceipts[], cursor: string, limit = 100) => {
  const { receipts, ...page } = pageOf(stretches, readCursor(cursor) ?? none, limit);
  return {
    ...page,
    places: receipts.map(({ partition, fromOffset, toOffset }) => `${partition}:${fromOffset}-${toOffset}`),
  };
};

it('tells a range as a partner reads it', () =>
  expect(pageOf([stretch(1, range(5, 7, 9))], none, 10)).toEqual({
    receipts: [
      {
        source: 'edr',
        partition: 1,
        fromOffset: 7,
        toOffset: 9,
        receivedAt: '1970-01-01T00:05:00.000Z',
        messages: 1,
        bytes: 10,
        accepted: 2,
        flagged: { 'nothing-known': 1 },
        unrecognised: 1,
        dead: 1,
        losses: [{ code: 'NOT_JSON', sentence: 'no', count: 1, examples: [{ partition: 1, offset: 7, index: 3 }] }],
        firstOccurredAt: '1970-01-01T00:00:00.000Z',
        lastOccurredAt: null,
      },
    ],
    cursor: '1:300000:9',
    more: false,
  }));

it('goes on behind the cursor, partition by partition, and tells again what has grown', () => {
  const all = [stretch(0, range(1, 0, 4), range(2, 5, 9)), stretch(1, range(1, 0, 1))];
  const first = places(all, '', 2);
  expect(first).toEqual({ places: ['0:0-4', '1:0-1'], cursor: '0:60000:4.1:60000:1', more: true });
  const second = places(all, first.cursor);
  expect(second).toEqual({ places: ['0:5-9'], cursor: '0:120000:9.1:60000:1', more: false });
  expect(places(all, second.cursor).places).toEqual([]);
  expect(places([stretch(0, range(2, 5, 12)), stretch(2, range(1, 0, 0))], second.cursor)).toEqual({
    places: ['2:0-0', '0:5-12'],
    cursor: '0:120000:12.1:60000:1.2:60000:0',
    more: false,
  });
});

it.each(['x', '1:2', '0:1:2.', '-1:0:0', '999:1:1', Array(300).fill('1:1:1').join('.'), '1e3:1:1'])(
  '%s is no cursor',
  (text) => expect(readCursor(text)).toBeUndefined(),
);
