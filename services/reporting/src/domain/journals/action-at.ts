import type { ActionState } from '#contracts';
import { standingAfter, type ActionStanding } from '#libs/terms';
import type { ActionJournal, JournalActionState } from './index.js';

const told = (state: ActionState, at: number | null | undefined): JournalActionState[] =>
  typeof at === 'number' ? [{ state, at }] : [];

/** What a document tells that has no steps of its own: all that happened, in the order of its life at equal instants. */
const retold = (doc: ActionJournal): JournalActionState[] =>
  [
    ...told('PROPOSED', doc.proposedAt),
    ...told('SKIPPED', doc.skipped?.at),
    ...told('GUIDED', doc.guidedAt),
    ...told('AWAITING_APPROVAL', doc.approvalRequested?.at),
    ...told('DENIED', doc.denied?.at),
    ...told('EXPIRED', doc.expiredAt),
    ...told('APPROVED', doc.approved?.at),
    ...(doc.identityRequestedAt ?? []).flatMap((at) => told('RESOLVING', at)),
    ...doc.started.flatMap(({ inverting, at }) => told(inverting ? 'REVERTING' : 'EXECUTING', at)),
    ...doc.finished.flatMap(({ outcome, at }) => told(outcome, at)),
    ...doc.verified.flatMap(({ effective, at }) => told(effective ? 'VERIFIED' : 'VERIFY_FAILED', at)),
    ...told('OUTCOME_UNKNOWN', doc.revertFailed?.at),
    ...told('REVERTED', doc.reverted?.at),
    ...told('DONE_BY_CUSTOMER', doc.doneByCustomer?.at),
  ].sort((a, b) => a.at - b.at);

const followed = (steps: JournalActionState[]): JournalActionState[] => {
  let standing: ActionStanding | undefined;
  return steps.map(({ state, at }) => {
    standing = standingAfter(standing, state);
    return { state: standing.state, at };
  });
};

/** Every state an action was in, in order. */
export const stepsOf = (doc: ActionJournal): JournalActionState[] => doc.steps ?? followed(retold(doc));

/** The state an action was in at an instant; null before it was proposed. */
export const stateAt = (doc: ActionJournal, at: number): ActionState | null =>
  stepsOf(doc).findLast((one) => one.at < at)?.state ?? null;
