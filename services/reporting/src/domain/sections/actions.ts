import type { ActionState } from '#contracts';
import { effectHolds, isContaining } from '#libs/terms';
import { isHarmless } from '../journals/harmless.js';
import type { ActionJournal, Journals } from '../journals/index.js';
import { isIn } from '../report/period.js';
import type { ReportedAction } from '../report/data.js';
import { stateAt, stepsOf } from '../journals/action-at.js';
import { excerpt, type SectionContext } from './context.js';

const until = <T extends { at: number }>(one: T | null, to: number): T | null => (one && one.at < to ? one : null);
const instant = (at: number | null | undefined, to: number): number | null =>
  typeof at === 'number' && at < to ? at : null;

/** Its effect, or that of undoing it, is looked for. */
const OPEN: readonly ActionState[] = ['SUCCEEDED', 'PARTIAL', 'REVERTING'];

/** What was seen last of its effect until an instant, and how far it goes. */
const seenOf = (
  { notVerified = [], verified }: ActionJournal,
  state: ActionState,
  to: number,
): Pick<ReportedAction, 'evidence' | 'observedAt' | 'unverified'> => {
  const looked = notVerified.findLast(({ at }) => at < to);
  const seen = verified.findLast(({ at, effective }) => effective && at < to) ?? looked;
  return {
    evidence: excerpt(seen?.evidence ?? '', 160),
    observedAt: seen?.observedAt || null,
    unverified: looked && OPEN.includes(state) ? looked.reason : null,
  };
};

/** Seen and not disproved since, in a case that is not known as harmless: giving back stops nothing. */
const hasStopped = (doc: ActionJournal, state: ActionState, { period, to, caseOf }: SectionContext): boolean => {
  const seen = doc.verified.findLast(({ at, effective }) => effective && at < to);
  return (
    isContaining(doc.actionClass) &&
    isIn(seen?.at, period) &&
    (effectHolds(state) || state === 'REVERTING' || state === 'REVERTED') &&
    !isHarmless(caseOf(doc.caseId)?.verdict ?? 'UNKNOWN')
  );
};

const reported = (doc: ActionJournal, context: SectionContext): ReportedAction => {
  const { to, numberOf } = context;
  const decided = doc.decisions.findLast(({ at }) => at < to);
  const approved = until(doc.approved, to);
  const verified = doc.verified.findLast(({ at, effective }) => effective && at < to);
  const state = stateAt(doc, to) ?? 'PROPOSED';
  return {
    actionId: doc.actionId,
    caseNumber: numberOf(doc.caseId),
    actionClass: doc.actionClass,
    target: doc.target,
    reactId: doc.reactId,
    reason: excerpt(doc.reason, 160),
    state,
    decision: decided?.decision ?? null,
    because: excerpt(decided?.because ?? '', 160),
    proposedAt: doc.proposedAt,
    approvedBy: approved && { subject: approved.by.subject, side: approved.by.side, at: approved.at },
    verifiedAt: verified?.at ?? null,
    hasStopped: hasStopped(doc, state, context),
    doneByCustomerAt: instant(doc.doneByCustomer?.at, to),
    revertedAt: instant(doc.reverted?.at ?? doc.superseded?.at, to),
    ...seenOf(doc, state, to),
  };
};

/** Actions to which something happened in the period, in the order they were proposed. */
export const actionSection = ({ actions }: Journals, context: SectionContext): ReportedAction[] =>
  actions
    .filter((doc) => stepsOf(doc).some(({ at }) => isIn(at, context.period)))
    .sort((a, b) => (a.proposedAt ?? 0) - (b.proposedAt ?? 0) || (a.actionId < b.actionId ? -1 : 1))
    .map((doc) => reported(doc, context));
