import type { Actor, CaseFact, FindingSummary, Severity } from '#contracts';
import { contains, highestSeverity, standingAfter, standsContainStill, wasTold } from '#libs/terms';
import { withMessage, withTakenOver } from './carried.js';
import type { CaseState, RecordedAction } from './case-state.js';
import { lowersGrave } from './grave.js';

export type { CaseState, RecordedAction };

export const initial = (): CaseState => ({
  number: 0,
  status: 'NEW',
  onHoldReason: 'NONE',
  said: { status: 'NEW', onHoldReason: 'NONE' },
  phase: 'IDENTIFICATION',
  title: '',
  namedByHand: false,
  severity: 'UNKNOWN',
  pinned: false,
  priority: 0,
  because: '',
  findings: [],
  entities: [],
  verdict: 'UNKNOWN',
  verdictReason: 'NONE',
  clocks: [],
  wentOnAt: 0,
  notified: [],
  untold: [],
  questions: [],
  openQuestions: [],
  recommendations: {},
  advice: {},
  actions: {},
  movedFrom: {},
  tookOverAt: {},
  rated: false,
  life: 0,
  lifeSince: 0,
  workers: [],
  gravest: 'UNKNOWN',
  wasContained: false,
});

type Evolvers = {
  [Type in CaseFact['type']]: (state: CaseState, fact: Extract<CaseFact, { type: Type }>) => CaseState;
};

const withMoved = (
  before: CaseState['movedFrom'],
  fromCaseId: string,
  findings: FindingSummary[],
): CaseState['movedFrom'] => ({
  ...before,
  [fromCaseId]: [...(before[fromCaseId] ?? []), ...findings.map(({ findingId }) => findingId)],
});

const evolvers: Evolvers = {
  'case.opened': (state, { number, openedBy, title, severity, priority, because, findings, entities, clocks }) => ({
    ...state,
    number,
    openedBy,
    title,
    namedByHand: findings.length === 0,
    severity,
    priority,
    because,
    findings,
    entities,
    clocks,
  }),
  'case.findings-added': (state, { findings, entities, fromCaseId }) => ({
    ...state,
    findings: [...state.findings, ...findings],
    entities,
    movedFrom: fromCaseId ? withMoved(state.movedFrom, fromCaseId, findings) : state.movedFrom,
  }),
  'case.findings-removed': (state, { findingIds }) => ({
    ...state,
    findings: state.findings.filter(({ findingId }) => !findingIds.includes(findingId)),
  }),
  'case.priority-changed': (state, { severity, priority, because, by }) => ({
    ...state,
    severity,
    priority,
    because,
    pinned: state.pinned || Boolean(by),
  }),
  'case.titled': (state, { title }) => ({ ...state, title }),
  'case.clocks-changed': (state, { clocks }) => ({ ...state, clocks }),
  'case.status-changed': (state, { to, onHoldReason, clocks, byItself }) => ({
    ...state,
    status: to,
    onHoldReason,
    clocks,
    said: byItself ? state.said : { status: to, onHoldReason },
  }),
  'case.phase-changed': (state, { to }) => ({ ...state, phase: to }),
  'case.acknowledged': (state, { by }) => ({
    ...state,
    acknowledgedBy: by.subject,
    said: state.said.status === 'NEW' ? { status: 'IN_PROGRESS', onHoldReason: 'NONE' } : state.said,
  }),
  'case.assigned': (state, { analyst }) => ({ ...state, assignee: analyst }),
  'case.verdict-set': (state, { verdict, reason }) => ({ ...state, verdict, verdictReason: reason }),
  'case.closed': (state, { verdict, reason }) => ({ ...state, status: 'CLOSED', verdict, verdictReason: reason }),
  // Older facts do not say that the verdict went with it. Whoever was told, or asked, was so in the life before.
  'case.reopened': (state, { at }) => ({
    ...state,
    life: state.life + 1,
    lifeSince: at,
    acknowledgedBy: undefined,
    notified: [],
    openQuestions: state.openQuestions.map((one) => ({ ...one, blocks: false })),
    rated: false,
    verdict: 'UNKNOWN',
    verdictReason: 'NONE',
    wentOnAt: Math.max(state.wentOnAt, at),
  }),
  'case.merged': (state, { intoCaseId, at }) => ({ ...state, status: 'CLOSED', mergedInto: intoCaseId, mergedAt: at }),
  // Who worked on it, and how grave it was, follow below.
  'case.taken-over': withTakenOver,
  'case.contained': (state) => ({ ...state, wasContained: true }),
  // Older facts record an undoing that failed as unknown: `standingAfter` knows what holds.
  'case.action-recorded': (state, { actionId, actionClass, target, state: stands, occurredAt, at, told }) => {
    const before = state.actions[actionId];
    const isTold = told ?? before?.isTold;
    const one = { actionClass, target, ...standingAfter(before, stands), occurredAt, isTold };
    const isOver = before !== undefined && standsContainStill(before) && stands !== 'AWAITING_APPROVAL';
    return {
      ...state,
      wentOnAt: isOver ? Math.max(state.wentOnAt, Math.min(occurredAt, at)) : state.wentOnAt,
      actions: { ...state.actions, [actionId]: one },
      wasContained: state.wasContained || contains(one),
    };
  },
  // What becomes of them is recorded of each.
  'case.actions-called-off': (state) => state,
  'case.customer-notified': (state, fact) =>
    wasTold(fact) && (fact.occurredAt ?? fact.at) >= state.lifeSince
      ? { ...state, notified: [...state.notified, `${fact.contact} ${fact.channel}`] }
      : state,
  'case.customer-not-told': (state, { deliveryId }) => ({ ...state, untold: [...state.untold, deliveryId] }),
  'case.message-posted': withMessage,
  'case.question-withdrawn': (state, { messageId }) => ({
    ...state,
    openQuestions: state.openQuestions.filter(({ id }) => id !== messageId),
  }),
  'case.note-added': (state) => state,
  'case.rated': (state) => ({ ...state, rated: true }),
  'case.advice-recorded': (state, { recommendationId, state: stands }) => ({
    ...state,
    advice: { ...state.advice, [recommendationId]: stands },
  }),
  'case.recommendation-added': (state, { recommendationId }) => ({
    ...state,
    recommendations: { ...state.recommendations, [recommendationId]: 'OPEN' },
  }),
  'case.recommendation-completed': (state, { recommendationId }) => ({
    ...state,
    recommendations: { ...state.recommendations, [recommendationId]: 'DONE' },
  }),
};

/**
 * Who of the provider worked on a case by a fact: whoever wrote it, or asked for what it records of an action; and who
 * worked on a case that went into it. A second person's word that lowers a grave case is a review, not work.
 */
const workersBy = ({ severity, workers }: CaseState, fact: CaseFact): string[] => {
  if (fact.type === 'case.taken-over') return fact.workers;
  const by: Actor | null | undefined = fact.type === 'case.opened' ? fact.openedBy : 'by' in fact ? fact.by : undefined;
  if (by?.side !== 'PROVIDER') return [];
  const isReview = fact.type === 'case.priority-changed' && lowersGrave(severity, fact.severity) && workers.length > 0;
  return isReview ? [] : [by.subject];
};

/** The highest severity a fact tells of, be the case's own set by hand. */
const gravestOf = (fact: CaseFact): Severity[] => {
  if (fact.type === 'case.merged' || fact.type === 'case.taken-over') return [fact.gravest];
  return fact.type === 'case.opened' || fact.type === 'case.findings-added'
    ? fact.findings.map(({ severity }) => severity)
    : [];
};

/** What four eyes need of a case: it follows from its facts, whoever it is assigned to and whatever it is called now. */
const withWork = (before: CaseState, state: CaseState, fact: CaseFact): CaseState => {
  const workers = [...new Set([...before.workers, ...workersBy(before, fact)])];
  return {
    ...state,
    workers,
    gravest: highestSeverity([state.gravest, state.severity, ...gravestOf(fact)]) ?? 'UNKNOWN',
  };
};

/** Total: facts it does not know leave the state as it is. */
export const evolve = (state: CaseState, fact: CaseFact): CaseState => {
  const evolver = evolvers[fact.type] as ((state: CaseState, fact: CaseFact) => CaseState) | undefined;
  return evolver ? withWork(state, evolver(state, fact), fact) : state;
};
