import type { CaseFact, CaseTakenOver, CaseTakeOver } from '#contracts';
import { Refused } from '#libs/model';
import { contains, severityRank } from '#libs/terms';
import { isOver } from './called-off.js';
import { isNewsHere } from './carried.js';
import { isContained } from './contained.js';
import { bySystem, stopClockFacts, type CaseDecision } from './rules.js';
import { evolve, type CaseState } from './state.js';
import { isLater, toPhase } from './work.js';

/**
 * An effect that was seen in the other case once its work was this one's contains this one. Nothing is reached by a
 * merge: what held before only lets CONTAIN stand still.
 */
const containedSince = (
  taken: CaseTakenOver,
  mergedAt: number,
  state: CaseState,
  context: Parameters<CaseDecision<unknown>>[2],
): CaseFact[] => {
  const { caseId, actions } = taken;
  const effect = actions?.find((one) => contains(one) && one.occurredAt >= mergedAt);
  if (!effect || isOver(state) || isContained(state) || !isContained(evolve(state, taken))) return [];
  const { actionId, occurredAt } = effect;
  return [
    { type: 'case.contained', caseId, actionId, occurredAt, at: context.now },
    ...stopClockFacts(caseId, ['CONTAIN'], state, occurredAt, context),
    ...(isLater('CONTAINMENT', state.phase) ? [toPhase(caseId, 'CONTAINMENT', state, context)] : []),
  ];
};

/**
 * Another case went into this one, which may have gone into a third by now: what four eyes need of it goes over, what
 * the customer is asked in it, and what contains something of it; and what becomes of these later.
 */
export const takeOver: CaseDecision<CaseTakeOver> = (request, state, context) => {
  bySystem(context);
  if (state.number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  const { caseId, fromCaseId, gravest, wasContained } = request;
  const occurredAt = Math.min(request.occurredAt ?? context.now, context.now);
  const workers = request.workers.filter((one) => !state.workers.includes(one));
  const isGraver = severityRank(gravest) > severityRank(state.gravest);
  const messages = (request.messages ?? []).filter(({ messageId }) => !state.questions.includes(messageId));
  const actions = (request.actions ?? []).filter((one) => isNewsHere(one, state));
  const isNews =
    workers.length + messages.length + actions.length > 0 || isGraver || (wasContained && !state.wasContained);
  // Findings that came from there are judged with what holds there, be that nothing.
  if (!isNews && !Object.hasOwn(state.movedFrom, fromCaseId)) return [];
  const taken: CaseTakenOver = {
    ...{ type: 'case.taken-over', caseId, fromCaseId, intoCaseId: state.mergedInto ?? null },
    ...{ workers, gravest, wasContained, at: context.now, occurredAt },
    ...(messages.length > 0 ? { messages } : {}),
    ...(actions.length > 0 ? { actions } : {}),
  };
  return [taken, ...containedSince(taken, state.tookOverAt[fromCaseId] ?? occurredAt, state, context)];
};
