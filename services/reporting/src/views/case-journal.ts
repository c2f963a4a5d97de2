import type { CaseFact, CaseOpened } from '#contracts';
import type { View } from '#libs/model';
import type { CaseJournal } from '../domain/journals.js';
import { inOrder } from './in-order.js';

const begin = (fact: CaseOpened): CaseJournal => ({
  applied: [0, 0],
  caseId: fact.caseId,
  number: fact.number,
  title: fact.title,
  openedAt: fact.at,
  openedBy: fact.openedBy,
  weights: [{ severity: fact.severity, priority: fact.priority, because: fact.because, at: fact.at }],
  statuses: [{ status: 'NEW', onHoldReason: 'NONE', at: fact.at }],
  phases: [{ phase: 'IDENTIFICATION', at: fact.at }],
  verdicts: [],
  clocks: [{ clocks: fact.clocks, at: fact.at }],
  findings: fact.findings.map((finding) => ({ ...finding, addedAt: fact.at, removedAt: null })),
  acknowledgedAt: [],
  notifiedAt: [],
  contained: [],
  actions: [],
  closings: [],
  reopenedAt: [],
  merged: null,
  messages: [],
  recommendations: [],
  ratings: [],
});

type After = Exclude<CaseFact, CaseOpened>;
type Folds = { [Type in After['type']]?: (doc: CaseJournal, fact: Extract<After, { type: Type }>) => Partial<CaseJournal> };

const folds: Folds = {
  'case.acknowledged': (doc, { at }) => ({ acknowledgedAt: [...doc.acknowledgedAt, at] }),
  'case.customer-notified': (doc, { at }) => ({ notifiedAt: [...doc.notifiedAt, at] }),
  'case.status-changed': (doc, { to, onHoldReason, clocks, at }) => ({
    statuses: [...doc.statuses, { status: to, onHoldReason, at }],
    clocks: [...doc.clocks, { clocks, at }],
  }),
  'case.clocks-changed': (doc, { clocks, at }) => ({ clocks: [...doc.clocks, { clocks, at }] }),
  'case.phase-changed': (doc, { to, at }) => ({ phases: [...doc.phases, { phase: to, at }] }),
  'case.priority-changed': (doc, { severity, priority, because, at }) => ({ weights: [...doc.weights, { severity, priority, because, at }] }),
  'case.verdict-set': (doc, { verdict, reason, at }) => ({ verdicts: [...doc.verdicts, { verdict, reason, at }] }),
  'case.findings-added': (doc, { findings, at }) => ({
    findings: [...doc.findings, ...findings.map((finding) => ({ ...finding, addedAt: at, removedAt: null }))],
  }),
  'case.findings-removed': (doc, { findingIds, at }) => ({
    findings: doc.findings.map((one) => (findingIds.includes(one.findingId) && one.removedAt === null ? { ...one, removedAt: at } : one)),
  }),
  'case.contained': (doc, { occurredAt, at, actionId }) => ({ contained: [...doc.contained, { occurredAt, at, actionId }] }),
  'case.action-recorded': (doc, { actionId, actionClass, state, summary, occurredAt, at }) => ({
    actions: [...doc.actions, { actionId, actionClass, state, summary, occurredAt, at }],
  }),
  'case.closed': (doc, { verdict, reason, summary, impact, rootCause, at }) => ({
    verdicts: [...doc.verdicts, { verdict, reason, at }],
    closings: [...doc.closings, { verdict, reason, summary, impact, rootCause: rootCause ?? null, at }],
  }),
  'case.reopened': (doc, { at }) => ({ reopenedAt: [...doc.reopenedAt, at] }),
  'case.merged': (_doc, { intoCaseId, at }) => ({ merged: { intoCaseId, at } }),
  'case.message-posted': (doc, { messageId, kind, text, inReplyTo, by, at }) => ({
    messages: [...doc.messages, { messageId, kind, text, inReplyTo: inReplyTo ?? null, by, at }],
  }),
  'case.recommendation-added': (doc, { recommendationId, text, at }) => ({
    recommendations: [...doc.recommendations, { recommendationId, text, at, completedAt: null }],
  }),
  'case.recommendation-completed': (doc, { recommendationId, at }) => ({
    recommendations: doc.recommendations.map((one) => (one.recommendationId === recommendationId ? { ...one, completedAt: at } : one)),
  }),
  'case.rated': (doc, { stars, comment, at }) => ({ ratings: [...doc.ratings, { stars, comment, at }] }),
};

const foldOf = (type: string): ((doc: CaseJournal, fact: CaseFact) => Partial<CaseJournal>) | undefined =>
  (folds as Record<string, (doc: CaseJournal, fact: CaseFact) => Partial<CaseJournal>>)[type];

/** One document a case, with the instant of everything that clocks and reports need. */
export const caseJournal: View<CaseJournal, CaseFact> & { indexes: readonly string[] } = {
  name: 'case-journal',
  indexes: ['openedAt'],
  hears: ['case.opened', ...(Object.keys(folds) as After['type'][])],
  keys: ({ message }) => [message.caseId],
  show: inOrder((doc, { message }) => {
    if (message.type === 'case.opened') return doc ?? begin(message);
    return doc && { ...doc, ...foldOf(message.type)?.(doc, message) };
  }),
};
