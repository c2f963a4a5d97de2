import type { CaseClock, CaseFact, ClockKind, Severity, TenantState } from '#contracts';
import type { DecisionContext } from '#libs/model';
import { holdOf, pausedClocks, type CaseWaits } from '#libs/terms';
import { clockGoingOn, clocksPausedFor, restartClocks } from '../clocks/case-clocks.js';
import { calledOff, isOver } from './called-off.js';
import { containsNoMore, isContained } from './contained.js';
import { evolve, type CaseState } from './state.js';

const waitsOf = ({ actions, openQuestions, said }: CaseState): CaseWaits => ({
  actions: Object.values(actions),
  questions: openQuestions,
  said: said.status === 'ON_HOLD' ? said.onHoldReason : 'NONE',
});

/**
 * Clocks of an open case as they stand from an instant on, by what it waits for. CONTAIN stands still while effects
 * contain the case, be they of a case that went into it: then it was reached by none of its own.
 */
export const waitingClocks = (
  state: CaseState,
  clocks: CaseClock[],
  at: number,
  settings: TenantState | undefined,
): CaseClock[] => {
  const kinds = [...pausedClocks(waitsOf(state)), ...(isContained(state) ? ['CONTAIN' as const] : [])];
  return clocksPausedFor(clocks, kinds, at, settings, state.wentOnAt);
};

/** Clocks of a case that was done and goes on now: all anew, but for CONTAIN where effects contain it still. */
export const goingOn = (
  state: CaseState,
  clocks: CaseClock[],
  severity: Severity,
  { now, settings }: DecisionContext<TenantState>,
): CaseClock[] => {
  const kinds: ClockKind[] = ['ACKNOWLEDGE', 'NOTIFY', 'RESOLVE', ...(isContained(state) ? [] : ['CONTAIN' as const])];
  // What was asked in the life before is waited for no more.
  const unasked = { ...state, openQuestions: [], wentOnAt: Math.max(state.wentOnAt, now) };
  return waitingClocks(unasked, restartClocks(clocks, kinds, severity, now, settings), now, settings);
};

/**
 * What follows from a decision by itself: an open case that waits for an approval or the answer to a blocking question
 * is ON_HOLD, and once it waits no more it is again what people said; its clocks follow. One that is over calls off
 * what has not begun. CONTAIN goes on once a case is contained no more. Nothing follows from nothing.
 * @param at when what was decided happened.
 */
export const withConsequences = (
  decided: CaseFact[],
  before: CaseState,
  { actor, now, settings }: DecisionContext<TenantState>,
  at: number,
): CaseFact[] => {
  if (decided.length === 0) return decided;
  const state = decided.reduce(evolve, before);
  if (isOver(state)) return [...decided, ...calledOff(decided, before, state, now)];
  const [{ caseId }] = decided as [CaseFact];
  const running = containsNoMore(decided, before, state)
    ? clockGoingOn(state.clocks, 'CONTAIN', at, settings)
    : state.clocks;
  const clocks = waitingClocks(state, running, at, settings);
  const reason = holdOf(waitsOf(state));
  const is = reason === 'NONE' ? state.said : { status: 'ON_HOLD' as const, onHoldReason: reason };
  if (is.status !== state.status || is.onHoldReason !== state.onHoldReason) {
    const { status: to, onHoldReason } = is;
    const from = state.status;
    return [
      ...decided,
      { type: 'case.status-changed', caseId, from, to, onHoldReason, clocks, by: actor, at: now, byItself: true },
    ];
  }
  const moved = JSON.stringify(clocks) !== JSON.stringify(state.clocks);
  return moved ? [...decided, { type: 'case.clocks-changed', caseId, clocks, at: now }] : decided;
};
