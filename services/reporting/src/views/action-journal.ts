import type { ActionFact, ActionState } from '#contracts';
import type { View } from '#libs/model';
import { standingAfter, standingIn, stateTold } from '#libs/terms';
import { stepsOf } from '../domain/journals/action-at.js';
import { OPEN_END, type ActionJournal, type JournalActionState } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

const begin = (actionId: string, caseId: string): ActionJournal => ({
  applied: [0, 0],
  steps: [],
  actionId,
  caseId,
  actionClass: '',
  target: null,
  reactId: '',
  d3fend: '',
  reason: '',
  ttlMinutes: 0,
  detectedAt: null,
  proposedAt: null,
  decisions: [],
  approvalRequested: null,
  approved: null,
  denied: null,
  expiredAt: null,
  guidedAt: null,
  skipped: null,
  started: [],
  finished: [],
  verified: [],
  reverted: null,
  revertFailed: null,
  doneByCustomer: null,
});

type ActionJournalFolds = {
  [Type in ActionFact['type']]: (
    doc: ActionJournal,
    message: Extract<ActionFact, { type: Type }>,
    fact: string,
  ) => Partial<ActionJournal>;
};

const folds: ActionJournalFolds = {
  'action.proposed': (_doc, { actionClass, target, reactId, d3fend, reason, ttlMinutes, detectedAt, at }) => ({
    actionClass,
    target,
    reactId,
    d3fend,
    reason,
    ttlMinutes,
    detectedAt,
    proposedAt: at,
  }),
  'action.identity-requested': (doc, { at }) => ({ identityRequestedAt: [...(doc.identityRequestedAt ?? []), at] }),
  'action.allowance-requested': () => ({}),
  'action.allowance-told': () => ({}),
  'action.identified': () => ({}),
  'action.decided': (doc, { decision, rule, because, at }) => ({
    decisions: [...doc.decisions, { decision, rule, because, at }],
  }),
  'action.approval-requested': (_doc, { expiresAt, question, at }, fact) => ({
    approvalRequested: { expiresAt, question, at, fact },
  }),
  'action.contact-tried': () => ({}),
  'action.approved': (_doc, { by, comment, at }) => ({ approved: { by, comment, at } }),
  'action.denied': (_doc, { by, comment, at }) => ({ denied: { by, comment, at } }),
  'action.expired': (_doc, { at, told }) => ({ expiredAt: at, expiredTold: told ?? null }),
  'action.guided': (_doc, { at }, fact) => ({ guidedAt: at, guidedFact: fact }),
  'action.skipped': (_doc, { because, at }) => ({ skipped: { because, at } }),
  'action.started': (doc, { inverting, at }) => ({ started: [...doc.started, { inverting, at }] }),
  'action.finished': (doc, { outcome, detail, at }) => ({ finished: [...doc.finished, { outcome, detail, at }] }),
  'action.not-verified': (doc, { reason, evidence, observedAt, lagMs, again, at }) =>
    again ? {} : { notVerified: [...(doc.notVerified ?? []), { reason, evidence, observedAt, lagMs, at }] },
  'action.verified': (doc, { effective, evidence, observedAt, lagMs, at }) => ({
    verified: [...doc.verified, { effective, evidence, observedAt, lagMs, at }],
  }),
  'action.reverted': (_doc, { by, reason, at }) => ({ reverted: { by, reason, at } }),
  'action.superseded': (_doc, { byActionId, byCaseId, inverting, evidence, observedAt, at }) => ({
    superseded: { byActionId, byCaseId, inverting, evidence, observedAt, at },
  }),
  'action.revert-failed': (_doc, { detail, at }) => ({ revertFailed: { detail, at } }),
  'action.done-by-customer': (_doc, { by, comment, at }) => ({ doneByCustomer: { by, comment, at } }),
  'action.wanted-again': () => ({}),
};

/** A look that proves nothing leaves it where it stands; what is wanted again is another action. */
const LEAVES: readonly ActionFact['type'][] = ['action.not-verified', 'action.wanted-again'];

type ActionJournalFold = (doc: ActionJournal, message: ActionFact, fact: string) => Partial<ActionJournal>;
const foldOf = (type: ActionFact['type']): ActionJournalFold | undefined =>
  folds[type] as ActionJournalFold | undefined;

const stepAfter = (steps: readonly JournalActionState[], fact: ActionFact): JournalActionState => ({
  state: standingAfter(standingIn(steps.map(({ state }) => state)), stateTold(fact)).state,
  at: fact.at,
});

/** In these it waits for the customer, who may never come. */
const WAITING: readonly ActionState[] = ['AWAITING_APPROVAL', 'GUIDED'];

/** One document a response action: who wanted it, who agreed, what came of it and whether it was seen. */
export const actionJournal: View<ActionJournal, ActionFact> & { indexes: readonly string[] } = {
  name: 'action-journal',
  indexes: ['until', 'caseId'],
  hears: Object.keys(folds) as ActionFact['type'][],
  keys: ({ message }) => [message.actionId],
  show: inOrder((doc, { envelope, message }) => {
    const before = doc ?? begin(message.actionId, message.caseId);
    const told = stepsOf(before);
    const steps = LEAVES.includes(message.type) ? told : [...told, stepAfter(told, message)];
    return {
      ...before,
      ...foldOf(message.type)?.(before, message, envelope.id),
      steps,
      until: WAITING.includes(steps.at(-1)?.state ?? 'PROPOSED') ? OPEN_END : message.at,
    };
  }),
};
