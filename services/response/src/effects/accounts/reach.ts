import type { ActionStarted, TenantState } from '#contracts';
import type { IdentifiedTarget } from '../../connectors/connector.js';
import { identifyTarget, type VendorSession } from '../../session/index.js';
import type { VendorSessions } from './sessions.js';

/**
 * Facts are heard a few at a time, so a slow vendor of one tenant makes others wait: what takes longer is asked for
 * later.
 */
export const POLL_FOR_MS = 15_000;

export const NO_CONNECTOR = 'the tenant has no connector that offers this action';

/** What facts keep of whom they are about. */
export type RecordedTarget = Pick<ActionStarted, 'actionClass' | 'target' | 'vendor' | 'vendorId'>;

/** Through whom, and on whom. */
export interface ReachedTarget {
  session: VendorSession;
  who: IdentifiedTarget;
}

/**
 * The account and the id that a fact has kept; the name in it is for words. A fact of an earlier release kept no id: to
 * look or to give back, though never to take away, the vendor is asked anew.
 * @returns in words why nobody can be reached, if so.
 */
export const reach = async (
  sessions: VendorSessions,
  settings: TenantState | undefined,
  { actionClass, target, vendor, vendorId }: RecordedTarget,
): Promise<ReachedTarget | string> => {
  const session = sessions.for(settings, actionClass);
  if (!session) return NO_CONNECTOR;
  if (vendor && vendor !== session.vendor)
    return `${target.id} was found at ${vendor}, and the tenant's connector is ${session.vendor} now`;
  if (vendorId) return { session, who: { kind: target.kind, vendorId, name: target.id } };
  const found = await identifyTarget(session, actionClass, target);
  return found.outcome === 'FOUND'
    ? { session, who: { kind: target.kind, vendorId: found.vendorId, name: found.name } }
    : found.detail;
};
