import type {
  Actor, CaseClock, CaseFact, CaseOpened, CasePhase, CaseStatus, Entity, FindingSummary, MessageKind, OnHoldReason, RootCause, Severity, Verdict, VerdictReason,
} from '#contracts';
import type { Heard, View } from '#libs/model';
import { entryOf, type TimelineEntry } from './case-timeline.js';

export interface CaseDoc {
  caseId: string;
  number: number;
  title: string;
  description: string;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  phase: CasePhase;
  severity: Severity;
  priority: number;
  because: string;
  verdict: Verdict;
  verdictReason: VerdictReason;
  rootCause: RootCause | null;
  assignee: string | null;
  mergedInto: string | null;
  entities: Entity[];
  findings: FindingSummary[];
  clocks: CaseClock[];
  timeline: TimelineEntry[];
  messages: { id: string; kind: MessageKind; text: string; inReplyTo: string | null; by: Actor; at: number }[];
  notes: { id: string; text: string; by: Actor; at: number }[];
  recommendations: { id: string; text: string; done: boolean; at: number }[];
  rating: { stars: number; comment: string; at: number } | null;
  openedAt: number;
  acknowledgedAt: number | null;
  notifiedAt: number | null;
  containedAt: number | null;
  resolvedAt: number | null;
  closedAt: number | null;
  /** Of the case's stream. */
  version: number;
}

/** Entries kept of a timeline that never ends; the first one, the opening, stays. */
const TIMELINE = 2_000;

const begin = ({ caseId, number, title, description, severity, priority, because, findings, entities, clocks, at }: CaseOpened): CaseDoc => ({
  caseId, number, title, description, severity, priority, because, findings, entities, clocks,
  status: 'NEW', onHoldReason: 'NONE', phase: 'IDENTIFICATION', verdict: 'UNKNOWN', verdictReason: 'NONE', rootCause: null, assignee: null, mergedInto: null,
  timeline: [], messages: [], notes: [], recommendations: [], rating: null,
  openedAt: at, acknowledgedAt: null, notifiedAt: null, containedAt: null, resolvedAt: null, closedAt: null, version: 0,
});

type After = Exclude<CaseFact, CaseOpened>;
type Folds = { [Type in After['type']]: (doc: CaseDoc, fact: Extract<After, { type: Type }>) => Partial<CaseDoc> };

const folds: Folds = {
  'case.acknowledged': (doc, { at }) => ({ acknowledgedAt: doc.acknowledgedAt ?? at }),
  'case.action-recorded': () => ({}),
  'case.assigned': (_doc, { analyst }) => ({ assignee: analyst }),
  'case.clocks-changed': (_doc, { clocks }) => ({ clocks }),
  'case.closed': (doc, { verdict, reason, rootCause, at }) => ({
    status: 'CLOSED', verdict, verdictReason: reason, rootCause: rootCause ?? null, resolvedAt: doc.resolvedAt ?? at, closedAt: at,
  }),
  'case.contained': (doc, { occurredAt }) => ({ containedAt: doc.containedAt ?? occurredAt }),
  'case.customer-notified': (doc, { at }) => ({ notifiedAt: doc.notifiedAt ?? at }),
  'case.findings-added': (doc, { findings, entities }) => {
    const has = new Set(doc.findings.map(({ findingId }) => findingId));
    return { findings: [...doc.findings, ...findings.filter(({ findingId }) => !has.has(findingId))], entities };
  },
  'case.findings-removed': (doc, { findingIds }) => ({ findings: doc.findings.filter(({ findingId }) => !findingIds.includes(findingId)) }),
  'case.merged': (doc, { intoCaseId, at }) => ({ status: 'CLOSED', mergedInto: intoCaseId, closedAt: doc.closedAt ?? at }),
  'case.message-posted': (doc, { messageId: id, kind, text, inReplyTo, by, at }) => ({
    messages: [...doc.messages, { id, kind, text, inReplyTo: inReplyTo ?? null, by, at }],
  }),
  'case.note-added': (doc, { noteId: id, text, by, at }) => ({ notes: [...doc.notes, { id, text, by, at }] }),
  'case.phase-changed': (_doc, { to }) => ({ phase: to }),
  'case.priority-changed': (_doc, { severity, priority, because }) => ({ severity, priority, because }),
  'case.rated': (_doc, { stars, comment, at }) => ({ rating: { stars, comment, at } }),
  'case.recommendation-added': (doc, { recommendationId: id, text, at }) => ({ recommendations: [...doc.recommendations, { id, text, done: false, at }] }),
  'case.recommendation-completed': (doc, { recommendationId }) => ({
    recommendations: doc.recommendations.map((one) => (one.id === recommendationId ? { ...one, done: true } : one)),
  }),
  'case.reopened': () => ({ status: 'IN_PROGRESS', resolvedAt: null, closedAt: null, rating: null }),
  'case.status-changed': (doc, { to, onHoldReason, clocks, at }) => ({
    status: to, onHoldReason, clocks, resolvedAt: to === 'RESOLVED' || to === 'CLOSED' ? (doc.resolvedAt ?? at) : null,
  }),
  'case.verdict-set': (_doc, { verdict, reason }) => ({ verdict, verdictReason: reason }),
};

const changed = (doc: CaseDoc, fact: CaseFact): Partial<CaseDoc> => {
  const fold = (folds as Record<string, (doc: CaseDoc, fact: CaseFact) => Partial<CaseDoc>>)[fact.type];
  return fold?.(doc, fact) ?? {};
};

const told = (timeline: TimelineEntry[], fact: CaseFact): TimelineEntry[] => {
  const entry = entryOf(fact);
  if (!entry) return timeline;
  const [first, ...rest] = [...timeline, entry];
  return first ? [first, ...rest.slice(-TIMELINE)] : [];
};

/** Everything a portal shows of a case. One stream feeds a document, so its facts come in order. */
export const cases: View<CaseDoc, CaseFact> & { indexes: string[] } = {
  name: 'cases',
  hears: ['case.opened', ...(Object.keys(folds) as After['type'][])],
  indexes: ['openedAt', 'number', 'status'],
  keys: ({ message }) => [message.caseId],
  show: (before, { envelope, message }: Heard<CaseFact>) => {
    const doc = before ?? (message.type === 'case.opened' ? begin(message) : undefined);
    if (!doc) return undefined;
    return { ...doc, ...changed(doc, message), timeline: told(doc.timeline, message), version: envelope.sequence?.version ?? doc.version };
  },
};
