import type {
  CaseFact,
  CaseStatus,
  CaseStatusChanged,
  ClockKind,
  OnHoldReason,
  TenantState,
  Verdict,
  VerdictReason,
} from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import { isCaseDone } from '#libs/terms';
import { endClocks, stopClocks } from '../clocks/case-clocks.js';
import type { CaseState } from './state.js';

/** One request against a case: what it says, the case so far, the context of the decision. */
export type CaseDecision<Request> = (
  request: Request,
  state: CaseState,
  context: DecisionContext<TenantState>,
) => CaseFact[];

/** @throws Refused unless somebody of the provider asks. */
export const byProvider = ({ actor }: DecisionContext): void => {
  if (actor.side !== 'PROVIDER') throw new Refused("only the provider's analysts may do this", 'PROVIDER_ONLY');
};
/** @throws Refused unless the service itself asks: a reaction to a fact. */
export const bySystem = ({ actor }: DecisionContext): void => {
  if (actor.side !== 'SYSTEM') throw new Refused('only the service itself does this', 'SYSTEM_ONLY');
};
/** @throws Refused when the case is not there yet, or is part of another one. */
export const mustExist = ({ number, mergedInto }: CaseState): void => {
  if (number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  if (mergedInto) throw new Refused('the case was merged into another one', 'CASE_MERGED');
};
/** @throws Refused when nobody works on the case any more. */
export const mustBeOpen = (state: CaseState): void => {
  mustExist(state);
  if (state.status === 'CLOSED') throw new Refused('case is closed', 'CASE_CLOSED');
};
/** @returns the text without white space around it. @throws Refused when empty or longer than 10,000 characters. */
export const requiredText = (text: string, what: string): string => {
  const plain = text.trim();
  if (plain === '') throw new Refused(`${what} is empty`, 'TEXT_MISSING');
  if (plain.length > 10_000) throw new Refused(`${what} has more than 10,000 characters`, 'TEXT_TOO_LONG');
  return plain;
};

/** What it is judged to be from now on; nothing where that is its verdict. */
export const judged = (
  caseId: string,
  verdict: Verdict,
  reason: VerdictReason,
  state: CaseState,
  { actor, now }: DecisionContext<TenantState>,
): CaseFact[] =>
  verdict === state.verdict && reason === state.verdictReason
    ? []
    : [{ type: 'case.verdict-set', caseId, verdict, reason, by: actor, at: now }];

/** A verdict was of what was known then: a case that goes on has none until somebody judges it again. */
export const reopened = (
  caseId: string,
  reason: string,
  state: CaseState,
  context: DecisionContext<TenantState>,
  { title, severity }: Pick<CaseState, 'title' | 'severity'> = state,
): CaseFact[] => [
  {
    type: 'case.reopened',
    caseId,
    reason,
    by: context.actor,
    at: context.now,
    life: state.life + 1,
    number: state.number,
    title,
    severity,
  },
  ...judged(caseId, 'UNKNOWN', 'NONE', state, context),
];

/**
 * Somebody said that the case has another status; one that is done has no clock left that runs, and is resolved by it.
 * `clocks` when the same commit changed them already.
 */
export const toStatus = (
  caseId: string,
  to: CaseStatus,
  reason: OnHoldReason,
  state: CaseState,
  context: DecisionContext<TenantState>,
  clocks = state.clocks,
): CaseStatusChanged => ({
  type: 'case.status-changed',
  caseId,
  from: state.status,
  to,
  onHoldReason: reason,
  clocks: isCaseDone(to) ? endClocks(clocks, true, context.now, context.settings) : clocks,
  by: context.actor,
  at: context.now,
  byItself: false,
});

/** Stops clocks of a kind at an instant, if any of them still runs. */
export const stopClockFacts = (
  caseId: string,
  kinds: ClockKind[],
  { clocks }: CaseState,
  at: number,
  { settings }: DecisionContext<TenantState>,
): CaseFact[] => {
  const runs = clocks.some(({ kind, stoppedAt }) => kinds.includes(kind) && typeof stoppedAt !== 'number');
  return runs ? [{ type: 'case.clocks-changed', caseId, clocks: stopClocks(clocks, kinds, at, settings), at }] : [];
};
