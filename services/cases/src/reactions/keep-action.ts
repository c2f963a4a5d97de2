import type { ActionFact, ActionTarget, CaseRecordAction, DeliveryOutcome, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';
import { isToldBy, stateTold, unansweredBy, type Unanswered } from '#libs/terms';

type ActionSummaries = { [Type in ActionFact['type']]: (fact: Extract<ActionFact, { type: Type }>) => string };

/** What an attempt to tell somebody of a question says of them. */
const TRIED: Partial<Record<DeliveryOutcome, string>> = {
  ACCEPTED: 'told',
  REFUSED: 'refused',
  UNREACHABLE: 'not reached',
  UNANSWERED: 'did not answer',
};

const and = (comment: string): string => (comment.trim() ? `: ${comment.trim()}` : '');
const UNANSWERED: Record<Unanswered, string> = {
  NOBODY_TOLD: 'nobody could be asked, and the time to answer is over',
  NOBODY_ANSWERED: 'nobody answered in time',
  NOTHING_HEARD: 'no answer was heard in time',
};
/** The age of evidence; facts of earlier releases kept none. */
const asOf = (observedAt: number): string => (observedAt > 0 ? ` (as of ${new Date(observedAt).toISOString()})` : '');

/**
 * For whoever reads a case's timeline, where the action is not before them and lines of others stand between: each
 * sentence names who, what and whom. An action's own history says less (gateway, `action-steps`), so the two differ.
 */
const summaries: ActionSummaries = {
  'action.proposed': ({ actionClass, target, reason }) => `${actionClass} of ${target.id} is proposed: ${reason}`,
  'action.identity-requested': ({ target }) => `the vendor is asked who ${target.id} is`,
  'action.identified': ({ vendor, detail }) => `${vendor} says: ${detail}`,
  'action.allowance-requested': () => 'whether one host more may be acted on without a person is to be told',
  'action.allowance-told': ({ granted, hosts, limit, hours }) =>
    `one host more may ${granted ? '' : 'not '}be acted on without a person: ${hosts} others were in ${hours} h, and ${limit} are let`,
  'action.decided': ({ decision, because, rule, policyVersion }) =>
    `the response policy (version ${policyVersion}, ${rule}) says ${decision}: ${because}`,
  'action.approval-requested': ({ question, contacts }) =>
    contacts.length > 0 ? `the customer is asked: ${question}` : `nobody is registered who could be asked: ${question}`,
  'action.contact-tried': ({ contact, channel, outcome, reached }) =>
    `${contact} was tried by ${channel}: ${reached ? 'is there' : TRIED[outcome]}`,
  'action.approved': ({ by, comment }) =>
    `${by.side === 'SYSTEM' ? 'it went on without an answer' : `${by.subject} agreed`}${and(comment)}`,
  'action.denied': ({ by, comment }) => `${by.subject} did not agree${and(comment)}`,
  'action.expired': ({ told }) => UNANSWERED[unansweredBy(told)],
  'action.guided': ({ steps }) => `guidance for the customer: ${steps.join(' ')}`,
  'action.skipped': ({ because }) => `not done: ${because}`,
  'action.started': ({ actionClass, target, inverting, by, reason }) =>
    `${actionClass} of ${target.id} is ${inverting ? `being undone${by ? ` for ${by.subject}` : ''}${and(reason ?? '')}` : 'under way'}`,
  'action.finished': ({ actionClass, target, outcome, detail }) =>
    `the vendor said ${outcome} to ${actionClass} of ${target.id}${and(detail)}`,
  'action.not-verified': ({ actionClass, target, inverting, evidence, observedAt }) =>
    `${actionClass} of ${target.id} ${inverting ? 'is not seen undone yet' : 'is not verified yet'}${and(evidence)}${asOf(observedAt)}`,
  'action.verified': ({ actionClass, target, effective, evidence, observedAt }) =>
    `${actionClass} of ${target.id} ${effective ? 'is in effect' : 'has no effect'}${and(evidence)}${asOf(observedAt)}`,
  'action.reverted': ({ by, reason }) => `undone by ${by.subject}${and(reason)}`,
  'action.superseded': ({ caseId, actionClass, target, byActionId, byCaseId, inverting, evidence, observedAt }) =>
    `${actionClass} of ${target.id} holds no more: it was given back by ${inverting ? 'undoing ' : ''}another action (${byActionId}) of ${byCaseId === caseId ? 'this' : 'another'} case${and(evidence)}${asOf(observedAt)}`,
  'action.revert-failed': ({ detail, isLast }) =>
    `could not be undone ${isLast ? 'and is not tried again unless a person asks' : 'yet'}${and(detail)}`,
  'action.done-by-customer': ({ by, comment }) => `${by.subject} of the customer did it${and(comment)}`,
  'action.wanted-again': ({ wanted }) =>
    `${wanted.actionClass} of ${wanted.target.id} is wanted again: ${wanted.reason}`,
};

const NO_TARGET: ActionTarget = { kind: 'HOST', id: '', entity: '' };

/** A question was told to nobody as it is put; null where a fact says nothing of that. */
const toldOf = (fact: ActionFact): boolean | null => {
  if (fact.type === 'action.approval-requested') return false;
  return fact.type === 'action.contact-tried' && isToldBy(fact) ? true : null;
};

/** Every step of a response action is kept with its case, in words. */
export const keepAction: Reaction<ActionFact, CaseRecordAction, TenantState> = {
  name: 'keep-action',
  hears: Object.keys(summaries) as ActionFact['type'][],
  react: ({ message }) => {
    // A look that finds what the one before found is nothing new to the case; what is wanted again is another action.
    const isNothingNew =
      message.type === 'action.wanted-again' || (message.type === 'action.not-verified' && message.again);
    if (!message.caseId || isNothingNew) return [];
    return [
      {
        request: {
          type: 'case.record-action',
          caseId: message.caseId,
          actionId: message.actionId,
          // Only some facts carry them; the case knows them from the first.
          actionClass: 'actionClass' in message ? (message.actionClass ?? '') : '',
          target: 'target' in message ? message.target : NO_TARGET,
          state: stateTold(message),
          summary: (summaries[message.type] as (fact: ActionFact) => string)(message),
          // The customer's time begins as it is told, whenever that is heard of.
          occurredAt: message.type === 'action.contact-tried' ? message.triedAt : message.at,
          by: 'by' in message ? (message.by ?? null) : null,
          told: toldOf(message),
        },
      },
    ];
  },
};
