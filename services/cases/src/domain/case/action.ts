import type { CaseActionRecorded, CaseRecordAction } from '#contracts';
import { cut, Refused } from '#libs/model';
import { isContaining, standingAfter } from '#libs/terms';
import { isCarried } from './carried.js';
import { isContained } from './contained.js';
import { pendingFor } from './pending.js';
import { bySystem, stopClockFacts, type CaseDecision } from './rules.js';
import { evolve, type CaseState, type RecordedAction } from './state.js';
import { isLater, toPhase } from './work.js';

const SUMMARY = 2_000;

/** Where it is to be known as well. */
const intoOf = (
  { mergedInto }: CaseState,
  action: Pick<CaseActionRecorded, 'actionClass' | 'state'>,
): { intoCaseId?: string } => (mergedInto && isCarried(action) ? { intoCaseId: mergedInto } : {});

/** What is recorded next of an action; nothing where that is known already. */
const recordOf = (
  request: CaseRecordAction,
  before: RecordedAction | undefined,
  all: CaseState,
  at: number,
): CaseActionRecorded[] => {
  const { caseId, actionId, occurredAt, told = null } = request;
  const { state } = standingAfter(before, request.state);
  const isKnown = before?.state === state && before.occurredAt === occurredAt;
  if (isKnown && (told === null || told === before.isTold)) return [];
  const actionClass = request.actionClass || (before?.actionClass ?? '');
  const kept = state === request.state ? '' : ` (it is ${state} as before)`;
  return [
    {
      type: 'case.action-recorded',
      caseId,
      actionId,
      actionClass,
      target: request.target.id ? request.target : (before?.target ?? request.target),
      state,
      // A vendor's answer may be of any length.
      summary: cut(request.summary, SUMMARY) + kept,
      occurredAt,
      at,
      by: request.by ?? null,
      told,
      ...pendingFor(request.by, all, actionId),
      ...intoOf(all, { actionClass, state }),
    },
  ];
};

/**
 * Keeps a response action's state with the case, also after its end. Facts after the first need not repeat class and
 * target. Verified effects contain a case once they hold on all that was to be contained, and again after one of them
 * was undone, or something grave was found elsewhere.
 */
export const recordAction: CaseDecision<CaseRecordAction> = (request, state, context) => {
  bySystem(context);
  if (state.number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  const { caseId, actionId, occurredAt } = request;
  const before = Object.hasOwn(state.actions, actionId) ? state.actions[actionId] : undefined;
  const [recorded] = recordOf(request, before, state, context.now);
  if (!recorded) return [];
  if (request.state !== 'VERIFIED' || !isContaining(recorded.actionClass)) return [recorded];
  // Since then it is the work of the case that this one went into.
  if (occurredAt >= (state.mergedAt ?? Number.POSITIVE_INFINITY)) return [recorded];
  const phase = isLater('CONTAINMENT', state.phase) ? [toPhase(caseId, 'CONTAINMENT', state, context)] : [];
  if (isContained(state) || !isContained(evolve(state, recorded))) return [recorded, ...phase];
  return [
    recorded,
    { type: 'case.contained', caseId, actionId, occurredAt, at: context.now },
    ...stopClockFacts(caseId, ['CONTAIN'], state, occurredAt, context),
    ...phase,
  ];
};
