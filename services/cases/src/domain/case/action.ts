import type { CaseFact, CaseRecordAction } from '#contracts';
import { cut, Refused } from '#libs/model';
import { bySystem, stopping, type CaseDecision } from './rules.js';
import { isLater, toPhase } from './work.js';

const SUMMARY = 2_000;

/** Classes whose verified effect contains an attack. */
const CONTAINING = ['isolate-host', 'suspend-user'];

/**
 * Keeps a response action's state with the case, also after its end. Facts after the first need not repeat class and
 * target.
 * The first containment whose effect is verified contains the case.
 */
export const recordAction: CaseDecision<CaseRecordAction> = (request, state, context) => {
  bySystem(context);
  if (state.number === 0) throw new Refused('there is no such case', 'NO_SUCH_CASE');
  const { caseId, actionId, occurredAt } = request;
  // A vendor's answer may be of any length.
  const summary = cut(request.summary, SUMMARY);
  const before = Object.hasOwn(state.actions, actionId) ? state.actions[actionId] : undefined;
  if (before?.state === request.state && before.occurredAt === occurredAt) return [];
  const actionClass = request.actionClass || (before?.actionClass ?? '');
  const target = request.target.id ? request.target : (before?.target ?? request.target);
  const recorded: CaseFact = {
    type: 'case.action-recorded',
    caseId,
    actionId,
    actionClass,
    target,
    state: request.state,
    summary,
    occurredAt,
    at: context.now,
  };
  if (request.state !== 'VERIFIED' || !CONTAINING.includes(actionClass) || state.contained) return [recorded];
  return [
    recorded,
    { type: 'case.contained', caseId, actionId, occurredAt, at: context.now },
    ...stopping(caseId, ['CONTAIN'], state, occurredAt),
    ...(isLater('CONTAINMENT', state.phase) ? [toPhase(caseId, 'CONTAINMENT', state, context)] : []),
  ];
};
