import type { TenantState } from '#contracts';
import type { Heard } from '#libs/model';
import type { ReadyRequest } from '#libs/service';
import { viewsInMemory } from '#libs/store';
import { HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { tenantState } from '../../test/tenant-state.js';
import { MONDAY, receiptOfRange } from '../../test/visibility-samples.js';
import { collection } from '../collection.module.js';
import { lookAt, type EarlierLooks } from './watch.js';

const settings: TenantState = tenantState('acme', ['edr', 'WINDOWS']);
const facts: Heard[] = [heard(receiptOfRange(0, 9), { time: MONDAY })];
const watching = { since: MONDAY, now: MONDAY + 2 * HOUR_MS };

interface Topic {
  /** The normaliser goes on there. */
  next: number;
  end: number;
  /** Receipts that views have heard at each look, of ten. */
  heard?: number[];
}

/** What is asked in one look, or in as many as receipts are heard in. */
const asked = async (
  { next, end, heard: receipts = [10] }: Topic,
  times = receipts.length,
): Promise<ReadyRequest[]> => {
  const found: ReadyRequest[] = [];
  const earlier: EarlierLooks = { asked: new Map(), read: new Map() };
  let look = 0;
  const ports = {
    store: viewsInMemory(collection.shows ?? [], facts),
    readOf: async () => [{ partition: 0, next: String(next), lag: end - next }],
    receiptEnds: async () => ({ 0: String(10 + look) }),
    receiptsHeard: async () => [{ partition: 0, next: String(receipts[Math.min(look, receipts.length - 1)]) }],
    ask: async (requests: ReadyRequest[]) => void found.push(...requests),
  };
  for (; look < times; look += 1) await lookAt(ports, settings, watching, earlier);
  return found;
};
const silent = [{ request: { type: 'visibility.record-gap', kind: 'SOURCE_SILENT', source: 'edr' } }];

it('asks for a gap when all that had arrived was read', async () =>
  expect(await asked({ next: 10, end: 10 })).toMatchObject(silent));

it('asks nothing while something waits to be read: then it is ours that is late', async () =>
  expect(await asked({ next: 10, end: 11 })).toEqual([]));

it('asks nothing while receipts of what was read are not heard, and then once, though they go on', async () => {
  expect(await asked({ next: 11, end: 11, heard: [9, 9] })).toEqual([]);
  expect(await asked({ next: 11, end: 11, heard: [9, 10] })).toMatchObject(silent);
});

it('asks for a gap though what lay last on the topic is never counted: a mark of a transaction, what expired', async () =>
  expect(await asked({ next: 50, end: 50 })).toMatchObject(silent));

it('asks once, though it is not shown as open yet', async () =>
  expect(await asked({ next: 10, end: 10 }, 2)).toHaveLength(1));
