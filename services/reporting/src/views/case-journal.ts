import type { CarriedMessage, CaseFact, CaseOpened, FindingSummary } from '#contracts';
import { cut, firstAndLatest, type View } from '#libs/model';
import { isCaseOpen, wasTold } from '#libs/terms';
import { OPEN_END, type CaseJournal } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

/** Of one text, and of each list: the first, which says how it began, and the latest. */
const TEXT = 2_000;
const TITLE = 300;
const MOST = 600;

/** Older facts know no bound. */
const entered = (finding: FindingSummary, addedAt: number, fact: string): CaseJournal['findings'][number] => ({
  ...finding,
  title: cut(finding.title, TITLE),
  entities: finding.entities
    .slice(0, 50)
    .map(({ kind, value }) => ({ kind: cut(kind, TITLE), value: cut(value, TITLE) })),
  addedAt,
  removedAt: null,
  fact,
});

/** Whatever happens to a case, its document stays one that can be stored and read. */
const bounded = (doc: CaseJournal): CaseJournal => ({
  ...doc,
  ...Object.fromEntries(
    Object.entries(doc).flatMap(([name, value]) =>
      Array.isArray(value) ? [[name, firstAndLatest(value as unknown[], MOST)]] : [],
    ),
  ),
});

const begin = (fact: CaseOpened, id: string): CaseJournal => ({
  applied: [0, 0],
  until: OPEN_END,
  caseId: fact.caseId,
  number: fact.number,
  title: cut(fact.title, TITLE),
  openedAt: fact.at,
  openedFact: id,
  openedBy: fact.openedBy,
  weights: [{ severity: fact.severity, priority: fact.priority, because: fact.because, at: fact.at }],
  statuses: [{ status: 'NEW', onHoldReason: 'NONE', at: fact.at, fact: id }],
  phases: [{ phase: 'IDENTIFICATION', at: fact.at }],
  verdicts: [],
  clocks: [{ clocks: fact.clocks, at: fact.at }],
  findings: fact.findings.map((finding) => entered(finding, fact.at, id)),
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

type LaterCaseFact = Exclude<CaseFact, CaseOpened>;
type CaseJournalFolds = {
  [Type in LaterCaseFact['type']]?: (
    doc: CaseJournal,
    message: Extract<LaterCaseFact, { type: Type }>,
    fact: string,
  ) => Partial<CaseJournal>;
};

const messageOf = (message: CarriedMessage, fact: string): CaseJournal['messages'][number] => {
  const { messageId, kind, text, inReplyTo = null, by, at, blocking } = message;
  return { ...{ messageId, kind, text: cut(text, TEXT), inReplyTo, by, at, blocking }, withdrawnAt: null, fact };
};

const folds: CaseJournalFolds = {
  'case.acknowledged': (doc, { at }, fact) => ({
    acknowledgedAt: [...doc.acknowledgedAt, at],
    acknowledgedFacts: [...(doc.acknowledgedFacts ?? []), fact],
  }),
  'case.customer-notified': (doc, message, fact) => {
    if (!wasTold(message)) return {};
    const { contact, channel } = message;
    const at = message.occurredAt ?? message.at;
    return {
      notifiedAt: [...doc.notifiedAt, at],
      told: [...(doc.told ?? []), { contact: cut(contact, TITLE), channel: cut(channel, TITLE), at, fact }],
    };
  },
  'case.status-changed': (doc, { to, onHoldReason, clocks, at }, fact) => ({
    statuses: [...doc.statuses, { status: to, onHoldReason, at, fact }],
    clocks: [...doc.clocks, { clocks, at }],
  }),
  'case.clocks-changed': (doc, { clocks, at }) => ({ clocks: [...doc.clocks, { clocks, at }] }),
  'case.phase-changed': (doc, { to, at }) => ({ phases: [...doc.phases, { phase: to, at }] }),
  'case.titled': (doc, { title, findingId, at }) => ({
    titles: [...(doc.titles ?? []), { title: cut(title, TITLE), findingId, at }],
  }),
  'case.priority-changed': (doc, { severity, priority, because, at }) => ({
    weights: [...doc.weights, { severity, priority, because, at }],
  }),
  'case.verdict-set': (doc, { verdict, reason, at }, fact) => ({
    verdicts: [...doc.verdicts, { verdict, reason, at, fact }],
  }),
  'case.findings-added': (doc, { findings, at }, fact) => ({
    findings: [...doc.findings, ...findings.map((finding) => entered(finding, at, fact))],
  }),
  'case.findings-removed': (doc, { findingIds, at }) => ({
    findings: doc.findings.map((one) =>
      findingIds.includes(one.findingId) && one.removedAt === null ? { ...one, removedAt: at } : one,
    ),
  }),
  'case.contained': (doc, { occurredAt, at, actionId }, fact) => ({
    contained: [...doc.contained, { occurredAt, at, actionId, fact }],
  }),
  'case.action-recorded': (doc, { actionId, actionClass, target, state, summary, occurredAt, at, told }, fact) => ({
    actions: [
      ...doc.actions,
      { actionId, actionClass, target, state, summary: cut(summary, TEXT), occurredAt, at, told, fact },
    ],
  }),
  'case.closed': (doc, { verdict, reason, summary, impact, rootCause, at }, fact) => ({
    verdicts: [...doc.verdicts, { verdict, reason, at, fact }],
    closings: [...doc.closings, { verdict, reason, summary, impact, rootCause: rootCause ?? null, at, fact }],
  }),
  'case.reopened': (doc, { at }) => ({ reopenedAt: [...doc.reopenedAt, at] }),
  'case.merged': (_doc, { intoCaseId, at }) => ({ merged: { intoCaseId, at } }),
  'case.message-posted': (doc, message, fact) => ({ messages: [...doc.messages, messageOf(message, fact)] }),
  'case.taken-over': (doc, { messages }, fact) => ({
    messages: [...doc.messages, ...(messages ?? []).map((one) => messageOf(one, fact))],
  }),
  'case.question-withdrawn': (doc, { messageId, at }) => ({
    messages: doc.messages.map((one) => (one.messageId === messageId ? { ...one, withdrawnAt: at } : one)),
  }),
  'case.recommendation-added': (doc, { recommendationId, text, at }, fact) => ({
    recommendations: [...doc.recommendations, { recommendationId, text: cut(text, TEXT), at, completedAt: null, fact }],
  }),
  'case.recommendation-completed': (doc, { recommendationId, at }) => ({
    recommendations: doc.recommendations.map((one) =>
      one.recommendationId === recommendationId ? { ...one, completedAt: at } : one,
    ),
  }),
  'case.rated': (doc, { stars, comment, at }) => ({ ratings: [...doc.ratings, { stars, comment, at }] }),
};

/** Advice of before waits for whoever was given it, whatever became of its case. */
const untilOf = ({ statuses, merged, recommendations }: CaseJournal, at: number): number => {
  const isOpen = isCaseOpen({ status: statuses.at(-1)?.status ?? 'NEW', isMerged: merged !== null });
  return isOpen || recommendations.some(({ completedAt }) => completedAt === null) ? OPEN_END : at;
};

type CaseJournalFold = (doc: CaseJournal, message: CaseFact, fact: string) => Partial<CaseJournal>;
const foldOf = (type: string): CaseJournalFold | undefined => (folds as Record<string, CaseJournalFold>)[type];

/** One document a case, with the instant of everything that clocks and reports need. */
export const caseJournal: View<CaseJournal, CaseFact> & { indexes: readonly string[] } = {
  name: 'case-journal',
  indexes: ['until', 'merged.intoCaseId'],
  hears: ['case.opened', ...(Object.keys(folds) as LaterCaseFact['type'][])],
  keys: ({ message }) => [message.caseId],
  show: inOrder((doc, { envelope, message }) => {
    if (message.type === 'case.opened') return doc ?? begin(message, envelope.id);
    if (!doc) return undefined;
    const next = bounded({ ...doc, ...foldOf(message.type)?.(doc, message, envelope.id) });
    return { ...next, until: untilOf(next, message.at) };
  }),
};
