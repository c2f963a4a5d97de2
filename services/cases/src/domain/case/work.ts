import type {
  CaseAcknowledge,
  CaseAddNote,
  CaseAssign,
  CaseFact,
  CasePhase,
  CaseStatus,
  CaseChangePhase,
  CaseChangeStatus,
} from '#contracts';
import { idOf, Refused } from '#libs/model';
import {
  byProvider,
  mustBeOpen,
  mustExist,
  stopClockFacts,
  toStatus,
  requiredText,
  type CaseDecision,
} from './rules.js';
import type { CaseState } from './state.js';

/** Work begins: stops the clock, and a new case is in progress. */
export const acknowledge: CaseDecision<CaseAcknowledge> = ({ caseId }, state, context) => {
  byProvider(context);
  mustBeOpen(state);
  if (state.acknowledgedBy) return [];
  const stopped = stopClockFacts(caseId, ['ACKNOWLEDGE'], state, context.now, context);
  const clocks = stopped[0]?.type === 'case.clocks-changed' ? stopped[0].clocks : state.clocks;
  // On hold by itself it stays, and goes on as one in progress.
  const begun = state.status === 'NEW' ? [toStatus(caseId, 'IN_PROGRESS', 'NONE', state, context, clocks)] : [];
  return [{ type: 'case.acknowledged', caseId, by: context.actor, at: context.now }, ...stopped, ...begun];
};

export const assign: CaseDecision<CaseAssign> = ({ caseId, analyst }, state, context) => {
  byProvider(context);
  mustBeOpen(state);
  const name = requiredText(analyst, 'the analyst');
  if (state.assignee === name) return []; // Nothing new: answered UNCHANGED.
  return [{ type: 'case.assigned', caseId, analyst: name, by: context.actor, at: context.now }];
};

/** Notes are the provider's own; also after the case is closed. */
export const addNote: CaseDecision<CaseAddNote> = ({ caseId, text }, state, context) => {
  byProvider(context);
  mustExist(state);
  return [
    {
      type: 'case.note-added',
      caseId,
      noteId: idOf('note', context.requestId),
      text: requiredText(text, 'the note'),
      by: context.actor,
      at: context.now,
    },
  ];
};

const REACHABLE: Record<CaseStatus, CaseStatus[]> = {
  NEW: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED'],
  IN_PROGRESS: ['ON_HOLD', 'RESOLVED'],
  ON_HOLD: ['IN_PROGRESS', 'ON_HOLD', 'RESOLVED'],
  RESOLVED: [],
  CLOSED: [],
};

const mayBecome = ({ said: { status } }: CaseState, to: CaseStatus): void => {
  if (to === 'CLOSED') throw new Refused('a case is closed with a verdict: close it', 'CLOSE_WITH_VERDICT');
  if (status === 'RESOLVED') throw new Refused('the case is resolved: reopen it first', 'REOPEN_FIRST');
  if (!REACHABLE[status].includes(to))
    throw new Refused(`a case that is ${status} cannot become ${to}`, 'STATUS_NOT_REACHABLE');
};

export const changeStatus: CaseDecision<CaseChangeStatus> = ({ caseId, status, onHoldReason }, state, context) => {
  byProvider(context);
  mustBeOpen(state);
  if (status === 'ON_HOLD' && onHoldReason === 'NONE')
    throw new Refused('a case on hold waits for somebody: say for whom', 'ON_HOLD_REASON_MISSING');
  if (status === 'ON_HOLD' && onHoldReason !== 'AWAITING_THIRD_PARTY')
    throw new Refused(
      'a case is on hold for the customer by itself: ask a blocking question, or propose what needs approval',
      'ON_HOLD_BY_ITSELF',
    );
  const reason = status === 'ON_HOLD' ? onHoldReason : 'NONE';
  if (status === state.said.status && reason === state.said.onHoldReason) {
    if (state.status !== status)
      throw new Refused(`the case is ${state.onHoldReason}: it goes on by itself`, 'ON_HOLD_BY_ITSELF');
    return [];
  }
  mayBecome(state, status);
  if (status === 'RESOLVED' && state.verdict === 'UNKNOWN')
    throw new Refused('a case is resolved with a verdict: set it first', 'VERDICT_MISSING');
  return [toStatus(caseId, status, reason, state, context)];
};

const PHASES: CasePhase[] = ['IDENTIFICATION', 'CONTAINMENT', 'ERADICATION', 'RECOVERY', 'LESSONS_LEARNED'];
export const isLater = (phase: CasePhase, than: CasePhase): boolean => PHASES.indexOf(phase) > PHASES.indexOf(than);
export const toPhase = (
  caseId: string,
  to: CasePhase,
  state: CaseState,
  { actor, now }: Parameters<CaseDecision<unknown>>[2],
): CaseFact => ({ type: 'case.phase-changed', caseId, from: state.phase, to, by: actor, at: now });

/** Lessons are learned after the end too; incidents also go back a phase. */
export const changePhase: CaseDecision<CaseChangePhase> = ({ caseId, phase }, state, context) => {
  byProvider(context);
  if (phase === 'LESSONS_LEARNED') mustExist(state);
  else mustBeOpen(state);
  return phase === state.phase ? [] : [toPhase(caseId, phase, state, context)];
};
