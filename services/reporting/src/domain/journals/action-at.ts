import type { ActionState } from '#contracts';
import { standingAfter, stateTold, type ActionStanding, type StateTellingFact } from '#libs/terms';
import type { ActionJournal, JournalActionState } from './index.js';

const told = (fact: StateTellingFact, at: number | null | undefined): JournalActionState[] =>
  typeof at === 'number' ? [{ state: stateTold(fact), at }] : [];

/** What a document tells that has no steps of its own: all that happened, in the order of its life at equal instants. */
const retold = (doc: ActionJournal): JournalActionState[] =>
  [
    ...told({ type: 'action.proposed' }, doc.proposedAt),
    ...told({ type: 'action.skipped' }, doc.skipped?.at),
    ...told({ type: 'action.guided' }, doc.guidedAt),
    ...told({ type: 'action.approval-requested' }, doc.approvalRequested?.at),
    ...told({ type: 'action.denied' }, doc.denied?.at),
    ...told({ type: 'action.expired' }, doc.expiredAt),
    ...told({ type: 'action.approved' }, doc.approved?.at),
    ...(doc.identityRequestedAt ?? []).flatMap((at) => told({ type: 'action.identity-requested' }, at)),
    ...doc.started.flatMap(({ inverting, at }) => told({ type: 'action.started', inverting }, at)),
    ...doc.finished.flatMap(({ outcome, at }) => told({ type: 'action.finished', outcome }, at)),
    ...doc.verified.flatMap(({ effective, at }) => told({ type: 'action.verified', effective }, at)),
    ...told({ type: 'action.revert-failed' }, doc.revertFailed?.at),
    ...told({ type: 'action.reverted' }, doc.reverted?.at),
    ...told({ type: 'action.done-by-customer' }, doc.doneByCustomer?.at),
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
