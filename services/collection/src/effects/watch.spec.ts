import type { TenantState } from '#contracts';
import type { Heard } from '#libs/model';
import type { ReadyRequest } from '#libs/service';
import { viewsInMemory } from '#libs/store';
import { HOUR_MS } from '#libs/terms';
import { heard } from '#libs/testing';
import { tenantState } from '../../test/tenant-state.js';
import { MONDAY, receiptOfRange } from '../../test/visibility-samples.js';
import { collection } from '../collection.module.js';
import { lookAt } from './watch.js';

const settings: TenantState = tenantState('acme', ['edr', 'WINDOWS']);
const facts: Heard[] = [heard(receiptOfRange(0, 9), { time: MONDAY })];
const watching = { since: MONDAY, now: MONDAY + 2 * HOUR_MS };

/** What is asked when a topic ends there. */
const asked = async (end: number, times = 1): Promise<ReadyRequest[]> => {
  const found: ReadyRequest[] = [];
  const known = new Map();
  const ports = {
    store: viewsInMemory(collection.shows ?? [], facts),
    ends: async () => ({ 0: String(end) }),
    ask: async (requests: ReadyRequest[]) => void found.push(...requests),
  };
  for (let time = 0; time < times; time += 1) await lookAt(ports, settings, watching, known);
  return found;
};

it('asks for a gap when all that had arrived was read', async () =>
  expect((await asked(10)).map(({ request }) => request)).toMatchObject([
    { type: 'visibility.record-gap', kind: 'SOURCE_SILENT', source: 'edr' },
  ]));

it('asks nothing while something waits to be read: then it is ours that is late', async () =>
  expect(await asked(11)).toEqual([]));

it('asks once, though it is not shown as open yet', async () => expect(await asked(10, 2)).toHaveLength(1));
