import type { ActionFact, ActionState, ActionTarget, CaseRecordAction, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';

interface Told {
  state: ActionState;
  summary: string;
  /** Only some facts carry them; the case knows them from the first. */
  actionClass?: string;
  target?: ActionTarget;
}
type Tellers = { [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>) => Told };

const DECIDED = { EXECUTE: 'APPROVED', ASK: 'AWAITING_APPROVAL', GUIDE: 'GUIDED', FORBID: 'SKIPPED' } as const;
const and = (comment: string): string => (comment.trim() ? `: ${comment.trim()}` : '');

const tellers: Tellers = {
  'action.proposed': ({ actionClass, target, reason }) => ({
    state: 'PROPOSED',
    actionClass,
    target,
    summary: `${actionClass} of ${target.id} is proposed: ${reason}`,
  }),
  'action.identity-requested': ({ actionClass, target }) => ({
    state: 'RESOLVING',
    actionClass,
    target,
    summary: `the vendor is asked who ${target.id} is`,
  }),
  'action.identified': ({ vendor, detail }) => ({ state: 'RESOLVING', summary: `${vendor} says: ${detail}` }),
  'action.decided': ({ decision, because, rule, policyVersion }) => ({
    state: DECIDED[decision],
    summary: `the response policy (version ${policyVersion}, ${rule}) says ${decision}: ${because}`,
  }),
  'action.approval-requested': ({ question }) => ({
    state: 'AWAITING_APPROVAL',
    summary: `the customer is asked: ${question}`,
  }),
  'action.approved': ({ by, comment }) => ({ state: 'APPROVED', summary: `${by.subject} agreed${and(comment)}` }),
  'action.denied': ({ by, comment }) => ({ state: 'DENIED', summary: `${by.subject} did not agree${and(comment)}` }),
  'action.expired': () => ({ state: 'EXPIRED', summary: 'nobody answered in time' }),
  'action.guided': ({ steps }) => ({ state: 'GUIDED', summary: `guidance for the customer: ${steps.join(' ')}` }),
  'action.skipped': ({ because }) => ({ state: 'SKIPPED', summary: `not done: ${because}` }),
  'action.started': ({ actionClass, target, inverting }) => ({
    state: inverting ? 'REVERTING' : 'EXECUTING',
    actionClass,
    target,
    summary: inverting
      ? `${actionClass} of ${target.id} is being undone`
      : `${actionClass} of ${target.id} is under way`,
  }),
  'action.finished': ({ actionClass, target, outcome, detail }) => ({
    state: outcome,
    actionClass,
    target,
    summary: `the vendor said ${outcome} to ${actionClass} of ${target.id}${and(detail)}`,
  }),
  'action.verified': ({ actionClass, target, effective, evidence }) => ({
    state: effective ? 'VERIFIED' : 'VERIFY_FAILED',
    actionClass,
    target,
    summary: `${actionClass} of ${target.id} ${effective ? 'is in effect' : 'has no effect'}${and(evidence)}`,
  }),
  'action.reverted': ({ by, reason }) => ({ state: 'REVERTED', summary: `undone by ${by.subject}${and(reason)}` }),
  // Whether it is in force still is not known here.
  'action.revert-failed': ({ detail }) => ({
    state: 'OUTCOME_UNKNOWN',
    summary: `could not be undone yet${and(detail)}`,
  }),
  'action.done-by-customer': ({ by, comment }) => ({
    state: 'DONE_BY_CUSTOMER',
    summary: `${by.subject} of the customer did it${and(comment)}`,
  }),
};
const NO_TARGET: ActionTarget = { kind: 'HOST', id: '', entity: '' };

/** Every step of a response action is kept with its case, in words. */
export const keepAction: Reaction<ActionFact, CaseRecordAction, TenantState> = {
  name: 'keep-action',
  hears: Object.keys(tellers) as ActionFact['type'][],
  react: ({ message }) => {
    if (!message.caseId) return [];
    const {
      state,
      summary,
      actionClass = '',
      target = NO_TARGET,
    } = (tellers[message.type] as (fact: ActionFact) => Told)(message);
    return [
      {
        request: {
          type: 'case.record-action',
          caseId: message.caseId,
          actionId: message.actionId,
          actionClass,
          target,
          state,
          summary,
          occurredAt: message.at,
        },
      },
    ];
  },
};
