import type { ActionTarget, IdentityOutcome } from '#contracts';
import { Unsupported, VendorRefused } from './errors.js';
import type { VendorSession } from './open.js';

export interface IdentifyResult {
  outcome: IdentityOutcome;
  /** Empty unless FOUND, as is the name. */
  vendorId: string;
  name: string;
  /** Each once; none unless FOUND. */
  names: string[];
  /** One sentence for people. */
  detail: string;
}

/** Who has more names than this is nobody in particular; none may be left out, as it may be the excluded one. */
const NAMES_AT_MOST = 100;
const NAME_LENGTH_AT_MOST = 500;

const nobody = (outcome: Exclude<IdentityOutcome, 'FOUND'>, detail: string): IdentifyResult => ({
  outcome,
  vendorId: '',
  name: '',
  names: [],
  detail,
});

/**
 * Asks the vendor who the target is; sends nothing that acts. Never throws: a vendor that cannot be asked is
 * UNAVAILABLE, to be asked again; one that does not answer us is REFUSED.
 */
export const identifyTarget = async (
  session: VendorSession,
  actionClass: string,
  target: ActionTarget,
  signal?: AbortSignal,
): Promise<IdentifyResult> => {
  const action = session.action(actionClass);
  if (!action) return nobody('UNSUPPORTED', `${session.vendor} does not offer ${actionClass}`);
  if (action.targetKind !== target.kind)
    return nobody(
      'UNSUPPORTED',
      `${actionClass} acts on a ${action.targetKind.toLowerCase()}, not on ${target.entity}`,
    );
  try {
    const found = await session.identify(target, signal);
    if (found.outcome !== 'FOUND') return nobody(found.outcome, found.detail);
    const names = [...new Set([found.vendorId, found.name, ...found.names])].filter(Boolean);
    if (!found.vendorId || names.length > NAMES_AT_MOST || names.some((name) => name.length > NAME_LENGTH_AT_MOST))
      return nobody('AMBIGUOUS', `the vendor tells no usable id and names of ${target.id}`);
    return { ...found, names };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    if (error instanceof Unsupported) return nobody('UNSUPPORTED', detail);
    if (error instanceof VendorRefused) return nobody(error.status === 404 ? 'NOT_FOUND' : 'REFUSED', detail);
    return nobody('UNAVAILABLE', detail);
  }
};
