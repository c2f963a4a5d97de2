import type { Broker } from '#libs/events';
import { openStore, type StoreLog } from '#libs/store';
import { OPERATOR } from '#libs/terms';
import type { Stack } from '#stack';
import {
  foldedAsMade,
  verifyStored,
  type VerifiedReport,
} from '../../../services/reporting/src/effects/verify-report.js';
import { reporting } from '../../../services/reporting/src/reporting.module.js';
import { factsForViews } from './facts.js';

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
  const facts = await factsForViews(stack, broker, log, [tenant, OPERATOR]);
  const store = await openStore({ url: stack.mongoUrl, service: 'reporting', log });
  try {
    return await verifyStored(store, tenant, id, foldedAsMade(reporting.shows ?? [], facts));
  } finally {
    await store.close();
  }
};
