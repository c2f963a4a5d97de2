import { archiveOf } from '../chain/archive-dir.js';
import type { Broker } from '#libs/events';
import { openStore, type StoreLog } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import type { Stack } from '#stack';
import {
  foldedAsMade,
  verifyStored,
  type ReadFacts,
  type VerifiedReport,
} from '../../../services/reporting/src/effects/verify-report.js';
import { reporting } from '../../../services/reporting/src/reporting.module.js';
import { eachFact } from './facts.js';

/**
 * Recomputes a report from the commits of those who own its facts, as far as they were written when it was made,
 * whatever reporting's views show, and compares.
 * @throws Refused, Unreadable: see verifyStored.
 */
export const verifyFromOwners = async (
  stack: Stack,
  broker: Broker,
  log: StoreLog,
  { tenant, id }: { tenant: string; id: string },
): Promise<VerifiedReport> => {
  const read: ReadFacts = (take) => eachFact({ stack, broker, log, tenants: [tenant, OPERATOR] }, take);
  const store = await openStore({ url: stack.mongoUrl, service: 'reporting', log, archive: archiveOf('reporting') });
  try {
    return await verifyStored(store, tenant, id, foldedAsMade(reporting.shows ?? [], read));
  } finally {
    await store.close();
  }
};
