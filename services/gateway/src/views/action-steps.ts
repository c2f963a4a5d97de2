import type { ActionFact, ActionState, Actor } from '#contracts';
import { cut } from '#libs/model';
import { hasEndedUnheld, standingAfter, standingIn, stateTold, unansweredBy, type Unanswered } from '#libs/terms';

export interface ActionStep {
  state: ActionState;
  text: string;
  by: Actor | null;
  at: number;
}

type StepTellers = {
  [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>, state: ActionState) => string;
};

const and = (text: string): string => (text ? `: ${text}` : '');

/**
 * For whoever has the action before them, its class, target and state, and beside each step who took it: the step says
 * only what is new. A case's timeline has other sentences of the same facts (cases, `keep-action`), which stand alone.
 */
const UNANSWERED: Record<Unanswered, string> = {
  NOBODY_TOLD: 'nobody could be asked',
  NOBODY_ANSWERED: 'nobody answered in time',
  NOTHING_HEARD: 'no answer was heard in time',
};

const tellers: StepTellers = {
  'action.proposed': ({ actionClass, target, reason }) => `${actionClass} of ${target.id} is proposed${and(reason)}`,
  'action.identity-requested': ({ target, rule, policyVersion, because }) =>
    `the vendor is asked who ${target.id} is (policy version ${policyVersion}, ${rule}: ${because})`,
  'action.identified': ({ vendor, detail }) => `${vendor} says: ${detail}`,
  'action.allowance-requested': () => 'may one host more be acted on without a person?',
  'action.allowance-told': ({ granted, hosts, limit, hours }) =>
    `${granted ? 'yes' : 'no'}: ${hosts} others were in ${hours} h, and ${limit} are let`,
  'action.decided': ({ rule, policyVersion, because }) => `policy version ${policyVersion}, ${rule}: ${because}`,
  'action.approval-requested': ({ question, contacts }) =>
    contacts.length > 0 ? question : `nobody is registered who could be asked: ${question}`,
  'action.contact-tried': ({ contact, channel, outcome, reached }) =>
    `${contact} was tried by ${channel}: ${reached ? 'is there' : outcome}`,
  'action.approved': ({ by, comment }) =>
    `${by.side === 'SYSTEM' ? 'went on without an answer' : 'agreed'}${and(comment)}`,
  'action.denied': ({ comment }) => `not agreed${and(comment)}`,
  'action.expired': ({ told }) => UNANSWERED[unansweredBy(told)],
  'action.guided': () => 'the customer has guidance',
  'action.skipped': ({ because }) => because,
  'action.started': ({ actionClass, target, inverting, reason }) =>
    `${actionClass} of ${target.id} ${inverting ? `is being undone${and(reason ?? '')}` : 'is under way'}`,
  'action.finished': ({ outcome, detail }) => `the vendor said ${outcome}${and(detail)}`,
  'action.not-verified': ({ inverting, evidence }) =>
    `${inverting ? 'not seen undone yet' : 'not verified yet'}${and(evidence)}`,
  'action.verified': ({ effective, evidence }) =>
    `${effective ? 'the effect was seen' : 'no effect was seen'}${and(evidence)}`,
  'action.reverted': ({ reason }) => `undone${and(reason)}`,
  'action.superseded': ({ caseId, byActionId, byCaseId, inverting, evidence }) =>
    `given back by ${inverting ? 'undoing ' : ''}action ${byActionId} of ${byCaseId === caseId ? 'this case' : `case ${byCaseId}`}${and(evidence)}`,
  'action.revert-failed': ({ detail, isLast }, state) =>
    `could not be undone${isLast ? ', is not tried again by itself' : ''}, and is ${state} as before${and(detail)}`,
  'action.done-by-customer': ({ comment }) => `the customer did it${and(comment)}`,
  'action.wanted-again': ({ nextActionId, wanted, state }) =>
    `wanted again${hasEndedUnheld(state) ? '' : ' once it is given back'}, as action ${nextActionId}${and(wanted.reason)}`,
};

/**
 * @param history the steps so far.
 * @returns what a fact makes of its action, in words.
 */
export const stepOf = (fact: ActionFact, history: ActionStep[] = []): ActionStep => {
  const { state } = standingAfter(standingIn(history.map((step) => step.state)), stateTold(fact));
  const text = (tellers[fact.type] as (fact: ActionFact, state: ActionState) => string)(fact, state);
  return { state, text: cut(text, 1_000), by: 'by' in fact ? (fact.by ?? null) : null, at: fact.at };
};
