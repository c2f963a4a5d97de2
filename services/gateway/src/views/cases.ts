import type {
  Actor,
  CarriedMessage,
  CaseClock,
  CaseFact,
  CaseOpened,
  CasePhase,
  CaseStatus,
  Entity,
  FindingSummary,
  MessageKind,
  OnHoldReason,
  RootCause,
  Severity,
  Verdict,
  VerdictReason,
} from '#contracts';
import { cut, firstAndLatest, latestWithin, type Heard, type View } from '#libs/model';
import { isCaseDone, isContaining, wasTold } from '#libs/terms';
import { containmentAfter, containmentAfterAll, containmentWith, type ContainingEffect } from './case-containment.js';
import { entryOf, type TimelineEntry } from './case-timeline.js';

interface CaseMessage {
  id: string;
  kind: MessageKind;
  text: string;
  inReplyTo: string | null;
  by: Actor;
  at: number;
  /** These two are absent in documents of before. */
  blocking?: boolean;
  withdrawn?: boolean;
}

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
  /** The first and the latest; all are in the view of findings. */
  findings: FindingSummary[];
  findingCount: number;
  /** When the first finding was detected. */
  detectedAt: number | null;
  clocks: CaseClock[];
  timeline: TimelineEntry[];
  messages: CaseMessage[];
  notes: { id: string; text: string; by: Actor; at: number }[];
  rating: { stars: number; comment: string; at: number } | null;
  openedAt: number;
  acknowledgedAt: number | null;
  notifiedAt: number | null;
  /** When it was reopened last; absent where it never was, and in documents of before. */
  reopenedAt?: number;
  /** Since when effects contain all of it that is to be; null again once they do not. */
  containedAt: number | null;
  /** Its containing actions; absent in documents that have heard of none since they are kept. */
  effects?: ContainingEffect[];
  resolvedAt: number | null;
  closedAt: number | null;
  /** Who closed it; absent in documents of before. */
  reviewer?: string | null;
  /** Of the case's stream. */
  version: number;
}

/** Entries kept of a timeline that never ends; the first one, the opening, stays. */
const TIMELINE = 500;
const FINDINGS = 50;
const ENTITIES = 500;
const TITLE = 300;
/** Of messages and notes each: as many of the latest as make a page that people read. */
const WRITTEN = { count: 200, size: 262_144 };

const name = (text: string): string => cut(text, 100);
/** Older facts know no bound. */
const bounded = (all: FindingSummary[]): FindingSummary[] =>
  firstAndLatest(all, FINDINGS).map((one) => ({
    ...one,
    title: cut(one.title, TITLE),
    techniques: one.techniques.slice(0, 20).map(name),
    tactics: one.tactics.slice(0, 20).map(name),
    assetGroups: one.assetGroups.slice(0, 20).map(name),
    entities: one.entities.slice(0, 50).map(({ kind, value }) => ({ kind: name(kind), value: cut(value, TITLE) })),
  }));
const written = <One extends { text: string }>(all: One[]): One[] =>
  latestWithin(all, WRITTEN, ({ text }) => text.length);
const earliest = (findings: FindingSummary[], otherwise: number | null): number | null =>
  findings.reduce<number | null>(
    (first, { detectedAt }) => (first === null ? detectedAt : Math.min(first, detectedAt)),
    otherwise,
  );

const begin = ({
  caseId,
  number,
  title,
  description,
  severity,
  priority,
  because,
  findings,
  entities,
  clocks,
  at,
}: CaseOpened): CaseDoc => ({
  caseId,
  number,
  title: cut(title, TITLE),
  description: cut(description, 10_000),
  severity,
  priority,
  because,
  findings: bounded(findings),
  entities: entities.slice(0, ENTITIES),
  clocks,
  findingCount: findings.length,
  detectedAt: earliest(findings, null),
  status: 'NEW',
  onHoldReason: 'NONE',
  phase: 'IDENTIFICATION',
  verdict: 'UNKNOWN',
  verdictReason: 'NONE',
  rootCause: null,
  assignee: null,
  mergedInto: null,
  timeline: [],
  messages: [],
  notes: [],
  rating: null,
  openedAt: at,
  acknowledgedAt: null,
  notifiedAt: null,
  containedAt: null,
  resolvedAt: null,
  closedAt: null,
  version: 0,
});

const messageOf = ({ messageId: id, kind, text, inReplyTo, by, at, blocking }: CarriedMessage): CaseMessage => ({
  ...{ id, kind, text, inReplyTo: inReplyTo ?? null, by, at, blocking },
});

type CaseFactAfterOpening = Exclude<CaseFact, CaseOpened>;
type CaseFolds = {
  [Type in CaseFactAfterOpening['type']]: (
    doc: CaseDoc,
    fact: Extract<CaseFactAfterOpening, { type: Type }>,
  ) => Partial<CaseDoc>;
};

const folds: CaseFolds = {
  'case.acknowledged': (doc, { at }) => ({ acknowledgedAt: doc.acknowledgedAt ?? at }),
  'case.action-recorded': (doc, fact) => (isContaining(fact.actionClass) ? containmentAfter(doc, fact) : {}),
  'case.advice-recorded': () => ({}),
  'case.assigned': (_doc, { analyst }) => ({ assignee: analyst }),
  'case.clocks-changed': (_doc, { clocks }) => ({ clocks }),
  'case.closed': (doc, { verdict, reason, rootCause, by, at }) => ({
    status: 'CLOSED',
    verdict,
    verdictReason: reason,
    rootCause: rootCause ?? null,
    resolvedAt: doc.resolvedAt ?? at,
    closedAt: at,
    reviewer: by.subject,
  }),
  'case.contained': (doc, { actionId, occurredAt }) =>
    containmentAfter(doc, { actionId, state: 'VERIFIED', occurredAt }),
  'case.customer-notified': (doc, fact) => {
    const at = fact.occurredAt ?? fact.at;
    // Heard late of the life before: in this one nobody was told by it.
    return wasTold(fact) && at >= (doc.reopenedAt ?? 0) ? { notifiedAt: doc.notifiedAt ?? at } : {};
  },
  'case.customer-not-told': () => ({}),
  'case.findings-added': (doc, { findings, entities }) => {
    const has = new Set(doc.findings.map(({ findingId }) => findingId));
    const added = findings.filter(({ findingId }) => !has.has(findingId));
    const kept = bounded([...doc.findings, ...added]);
    return {
      ...containmentWith({ ...doc, findings: kept }),
      findings: kept,
      entities: entities.slice(0, ENTITIES),
      findingCount: (doc.findingCount ?? doc.findings.length) + added.length,
      detectedAt: earliest(added, doc.detectedAt ?? earliest(doc.findings, null)),
    };
  },
  'case.findings-removed': (doc, { findingIds }) => {
    const findings = doc.findings.filter(({ findingId }) => !findingIds.includes(findingId));
    return {
      ...containmentWith({ ...doc, findings }),
      findings,
      findingCount: Math.max(0, (doc.findingCount ?? doc.findings.length) - findingIds.length),
    };
  },
  'case.merged': (doc, { intoCaseId, at }) => ({
    status: 'CLOSED',
    mergedInto: intoCaseId,
    closedAt: doc.closedAt ?? at,
  }),
  'case.message-posted': (doc, message) => ({ messages: written([...doc.messages, messageOf(message)]) }),
  'case.note-added': (doc, { noteId: id, text, by, at }) => ({ notes: written([...doc.notes, { id, text, by, at }]) }),
  'case.phase-changed': (_doc, { to }) => ({ phase: to }),
  'case.priority-changed': (_doc, { severity, priority, because }) => ({ severity, priority, because }),
  'case.question-withdrawn': (doc, { messageId }) => ({
    messages: doc.messages.map((one) => (one.id === messageId ? { ...one, withdrawn: true } : one)),
  }),
  'case.rated': (_doc, { stars, comment, at }) => ({ rating: { stars, comment, at } }),
  'case.recommendation-added': () => ({}),
  'case.recommendation-completed': () => ({}),
  // Whoever was told, or asked, was so in the life before.
  'case.reopened': ({ messages }, { at }) => ({
    reopenedAt: at,
    acknowledgedAt: null,
    notifiedAt: null,
    messages: messages.map((one) => ({ ...one, blocking: false })),
    status: 'IN_PROGRESS',
    verdict: 'UNKNOWN',
    verdictReason: 'NONE',
    rootCause: null,
    resolvedAt: null,
    closedAt: null,
    reviewer: null,
    rating: null,
  }),
  'case.status-changed': (doc, { to, onHoldReason, clocks, at }) => ({
    status: to,
    onHoldReason,
    clocks,
    resolvedAt: isCaseDone(to) ? (doc.resolvedAt ?? at) : null,
  }),
  'case.titled': (_doc, { title }) => ({ title: cut(title, TITLE) }),
  'case.taken-over': (doc, { messages, actions }) => ({
    ...containmentAfterAll(doc, actions ?? []),
    messages: written([...doc.messages, ...(messages ?? []).map(messageOf)]),
  }),
  'case.actions-called-off': () => ({}),
  'case.verdict-set': (_doc, { verdict, reason }) => ({ verdict, verdictReason: reason }),
};

const changed = (doc: CaseDoc, fact: CaseFact): Partial<CaseDoc> => {
  const fold = (folds as Record<string, (doc: CaseDoc, fact: CaseFact) => Partial<CaseDoc>>)[fact.type];
  return fold?.(doc, fact) ?? {};
};

const timelineWith = (timeline: TimelineEntry[], fact: CaseFact): TimelineEntry[] => {
  const entry = entryOf(fact);
  if (!entry) return timeline;
  return firstAndLatest([...timeline, { ...entry, text: cut(entry.text, 1_000) }], TIMELINE);
};

/** Everything a portal shows of a case. One stream feeds a document, so its facts come in order. */
export const cases: View<CaseDoc, CaseFact> & { indexes: string[] } = {
  name: 'cases',
  hears: ['case.opened', ...(Object.keys(folds) as CaseFactAfterOpening['type'][])],
  indexes: ['openedAt', 'number', 'status'],
  keys: ({ message }) => [message.caseId],
  show: (before, { envelope, message }: Heard<CaseFact>) => {
    const doc = before ?? (message.type === 'case.opened' ? begin(message) : undefined);
    if (!doc) return undefined;
    return {
      ...doc,
      ...changed(doc, message),
      timeline: timelineWith(doc.timeline, message),
      version: envelope.sequence?.version ?? doc.version,
    };
  },
};
