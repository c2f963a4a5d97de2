import type { ActionState, Severity } from '#contracts';
import type { ActionJournal } from './index.js';

interface ActionStep {
  state: ActionState;
  at: number;
}

const step = (state: ActionState, at: number | null | undefined): ActionStep[] =>
  typeof at === 'number' ? [{ state, at }] : [];

/** Everything that happened to an action, in the order of its life when instants are equal. */
export const stepsOf = (doc: ActionJournal): ActionStep[] =>
  [
    ...step('PROPOSED', doc.proposedAt),
    ...step('SKIPPED', doc.skipped?.at),
    ...step('GUIDED', doc.guidedAt),
    ...step('AWAITING_APPROVAL', doc.approvalRequested?.at),
    ...step('DENIED', doc.denied?.at),
    ...step('EXPIRED', doc.expiredAt),
    ...step('APPROVED', doc.approved?.at),
    ...(doc.identityRequestedAt ?? []).flatMap((at) => step('RESOLVING', at)),
    ...doc.started.flatMap(({ inverting, at }) => step(inverting ? 'REVERTING' : 'EXECUTING', at)),
    ...doc.finished.flatMap(({ outcome, at }) => step(outcome, at)),
    ...doc.verified.flatMap(({ effective, at }) => step(effective ? 'VERIFIED' : 'VERIFY_FAILED', at)),
    ...step('VERIFIED', doc.revertFailed?.at),
    ...step('REVERTED', doc.reverted?.at),
    ...step('DONE_BY_CUSTOMER', doc.doneByCustomer?.at),
  ].sort((a, b) => a.at - b.at);

/** The state an action was in at an instant; null before it was proposed. */
export const stateAt = (doc: ActionJournal, at: number): ActionState | null =>
  stepsOf(doc).findLast((one) => one.at < at)?.state ?? null;

const weights: Severity[] = ['UNKNOWN', 'INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'FATAL'];
export const weightOf = (severity: Severity): number => weights.indexOf(severity);
