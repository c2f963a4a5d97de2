import type { TelemetryReceived } from '#contracts';
import { DAY_MS, MINUTE_MS } from '#libs/terms';
import { foldReceipts, type HeldReceipt } from './fold-receipts.js';

const at = Date.UTC(2026, 10, 2, 10);
const receipt = (from: number, to: number, over: Partial<TelemetryReceived> = {}, later = 0): HeldReceipt => ({
  tenant: 'acme',
  at: at + later,
  message: {
    type: 'telemetry.received',
    source: 'edr',
    topic: 'ingest.acme.edr',
    partition: 0,
    fromOffset: from,
    toOffset: to,
    messages: to - from + 1,
    accepted: 2 * (to - from + 1),
    dead: 1,
    unrecognised: 0,
    bytes: 100,
    firstOccurredAt: at + from,
    lastOccurredAt: at + to,
    hosts: [],
    ...over,
  },
});
const seen = (host: string, first: number, last = first) => ({ host, firstOccurredAt: first, lastOccurredAt: last });
const rangesOf = (folded: HeldReceipt[]) =>
  folded.map(({ tenant, message: { fromOffset, toOffset } }) => `${tenant} ${fromOffset}-${toOffset}`);

it('makes one of what follows in a quarter of an hour, and sums it', () =>
  expect(foldReceipts([receipt(0, 4)], [receipt(5, 9), receipt(10, 10)])).toMatchObject([
    {
      at,
      message: {
        fromOffset: 0,
        toOffset: 10,
        messages: 11,
        accepted: 22,
        dead: 3,
        bytes: 300,
        lastOccurredAt: at + 10,
      },
    },
  ]));

it('sums flags and losses where both tell them', () => {
  const lost = (offset: number) => [{ code: 'NOT_JSON', sentence: 'no', count: 1, examples: [{ offset, index: 0 }] }];
  const of = (from: number, to: number) =>
    receipt(from, to, { flags: [{ flag: 'time-missing', count: 1 }], losses: lost(from) });
  expect(foldReceipts([of(0, 4)], [of(5, 9)])).toMatchObject([
    {
      message: {
        flags: [{ flag: 'time-missing', count: 2 }],
        losses: [
          {
            code: 'NOT_JSON',
            count: 2,
            examples: [
              { offset: 0, index: 0 },
              { offset: 5, index: 0 },
            ],
          },
        ],
      },
    },
  ]);
  expect(foldReceipts([receipt(0, 4)], [of(5, 9)])).toHaveLength(2);
});

it('counts once what comes again', () =>
  expect(foldReceipts([], [receipt(0, 4), receipt(5, 9), receipt(5, 9), receipt(0, 4)])).toMatchObject([
    { message: { fromOffset: 0, toOffset: 9, messages: 10 } },
  ]));

it('begins anew with the next quarter of an hour, after a gap, and for a range cut otherwise', () =>
  expect(
    rangesOf(foldReceipts([], [receipt(0, 4), receipt(5, 9, {}, 15 * MINUTE_MS), receipt(12, 14), receipt(13, 20)])),
  ).toEqual(['acme 0-4', 'acme 5-9', 'acme 12-14', 'acme 13-20']));

it('keeps tenants and partitions apart', () =>
  expect(
    rangesOf(
      foldReceipts([], [receipt(0, 4), { ...receipt(5, 9), tenant: 'globex' }, receipt(5, 9, { partition: 1 })]),
    ),
  ).toEqual(['acme 0-4', 'globex 5-9', 'acme 5-9']));

it('puts devices together as long as each is told as before, by day', () => {
  const one = receipt(0, 4, { hosts: [seen('a', at, at + 5)] });
  expect(foldReceipts([one], [receipt(5, 9, { hosts: [seen('a', at - 1), seen('b', at)] })])).toMatchObject([
    { message: { hosts: [seen('a', at - 1, at + 5), seen('b', at)] } },
  ]);
  expect(rangesOf(foldReceipts([one], [receipt(5, 9, { hosts: [seen('a', at - DAY_MS)] })]))).toHaveLength(2);
  expect(rangesOf(foldReceipts([one], [receipt(5, 9, { hosts: null })]))).toHaveLength(2);
  const many = Array.from({ length: 500 }, (_, index) => seen(`host-${index}`, at));
  expect(rangesOf(foldReceipts([one], [receipt(5, 9, { hosts: many })]))).toHaveLength(2);
});
