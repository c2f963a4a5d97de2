import type {
  Actor,
  ActionTarget,
  CaseClock,
  CaseFact,
  CasePhase,
  CaseStatus,
  Entity,
  FindingSummary,
  OnHoldReason,
  RecommendationState,
  Severity,
  Verdict,
  VerdictReason,
} from '#contracts';
import {
  contains,
  highestSeverity,
  isContaining,
  questionsAfter,
  standingAfter,
  type ActionStanding,
  type OpenQuestion,
  wasTold,
} from '#libs/terms';
import { lowersGrave } from './grave.js';

export interface RecordedAction extends ActionStanding {
  actionClass: string;
  target: ActionTarget;
  occurredAt: number;
  /** Whether its question got to anybody who was asked; undefined where older facts do not say. */
  isTold?: boolean | undefined;
}

/** What a decision on a case needs of its past. */
export interface CaseState {
  /** 0 until opened. */
  number: number;
  openedBy?: Actor;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  /** What people said it is, and it is again once it waits for nobody's word. */
  said: { status: CaseStatus; onHoldReason: OnHoldReason };
  phase: CasePhase;
  title: string;
  /** Opened without findings: a person said what it is called. */
  namedByHand: boolean;
  severity: Severity;
  /** A person set the severity: findings no longer change it. */
  pinned: boolean;
  priority: number;
  because: string;
  /** Ids of the findings, and what their weight needs. */
  findings: FindingSummary[];
  entities: Entity[];
  verdict: Verdict;
  verdictReason: VerdictReason;
  assignee?: string;
  acknowledgedBy?: string;
  clocks: CaseClock[];
  /** Until when the clocks are accounted for, as far as approvals go: no time is taken off them twice. 0: not yet. */
  wentOnAt: number;
  /** `<contact> <channel>` of those told in this life of it. */
  notified: string[];
  /** Ids of deliveries that reached nobody. */
  untold: string[];
  /** Message ids of questions. */
  questions: string[];
  /** The provider's, not answered. */
  openQuestions: readonly OpenQuestion[];
  /** Given in the case, before advice had a stream of its own. */
  recommendations: Record<string, 'OPEN' | 'DONE'>;
  /** Where advice that comes from it stands. */
  advice: Record<string, RecommendationState>;
  actions: Record<string, RecordedAction>;
  mergedInto?: string;
  rated: boolean;
  /** How often it was reopened, and when last; 0 for a case that never was. */
  life: number;
  lifeSince: number;
  /** Who of the provider wrote facts of it. */
  workers: string[];
  /** The highest severity it, any finding of it, or what was merged into it ever had. */
  gravest: Severity;
  /** A verified effect contained it, a part of it or what was merged into it, be it undone since. */
  wasContained: boolean;
}

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

/** CONTAIN stands still for it. */
const isAwaited = (action: RecordedAction | undefined): boolean =>
  action?.state === 'AWAITING_APPROVAL' && isContaining(action.actionClass) && action.isTold !== false;

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
  'case.findings-added': (state, { findings, entities }) => ({
    ...state,
    findings: [...state.findings, ...findings],
    entities,
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
  'case.merged': (state, { intoCaseId }) => ({ ...state, status: 'CLOSED', mergedInto: intoCaseId }),
  // Who worked on it, and how grave it was, follow below.
  'case.taken-over': (state, { wasContained }) => ({ ...state, wasContained: state.wasContained || wasContained }),
  'case.contained': (state) => ({ ...state, wasContained: true }),
  // Older facts record an undoing that failed as unknown: `standingAfter` knows what holds.
  'case.action-recorded': (state, { actionId, actionClass, target, state: stands, occurredAt, at, told }) => {
    const before = state.actions[actionId];
    const isTold = told ?? before?.isTold;
    const one = { actionClass, target, ...standingAfter(before, stands), occurredAt, isTold };
    const isOver = isAwaited(before) && stands !== 'AWAITING_APPROVAL';
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
  'case.message-posted': (state, { kind, messageId, inReplyTo, by, blocking }) => ({
    ...state,
    questions: kind === 'QUESTION' ? [...state.questions, messageId] : state.questions,
    openQuestions: questionsAfter(state.openQuestions, {
      id: messageId,
      kind,
      inReplyTo: inReplyTo ?? null,
      by,
      blocking,
    }),
  }),
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
