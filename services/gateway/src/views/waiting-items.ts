import type {
  ActionFact,
  ActionState,
  CaseClock,
  CaseStatus,
  ClockKind,
  MessageKind,
  OnHoldReason,
  RecommendationPriority,
  Side,
} from '#contracts';
import { cut } from '#libs/model';
import {
  adviceStateTold,
  stateTold,
  waitingOfAction,
  waitingOfCase,
  type AdviceFact,
  type WaitingKind,
} from '#libs/terms';

/** One thing that waits, by the id of the message, action, case or advice that it is. */
export interface WaitingItem {
  kind: WaitingKind;
  id: string;
  text: string;
  since: number;
  expiresAt: number | null;
  /** A clock of the case that stands still meanwhile. */
  pauses: ClockKind | null;
  /** Of an approval: the number of the question; absent in documents of before. */
  asking?: number | null;
  /** Of advice. */
  dueAt: number | null;
  priority: RecommendationPriority | null;
}

export interface WaitingCase {
  number: number;
  title: string;
  status: CaseStatus;
  onHoldReason: OnHoldReason;
  isMerged: boolean;
  /** Where it went; absent in documents of before. */
  mergedInto?: string;
  /** Since when it has its status. */
  statusSince: number;
  /** Clocks that stand still; absent in documents of before. */
  paused?: ClockKind[];
}
export interface AskedQuestion {
  id: string;
  kind: MessageKind;
  inReplyTo: string | null;
  by: { side: Side };
  text: string;
  at: number;
  /** The work waits for its answer; absent in documents of before. */
  blocking?: boolean;
}
export interface WaitingAction extends Omit<WaitingItem, 'kind' | 'pauses' | 'dueAt' | 'priority'> {
  state: ActionState;
}
export interface WaitingAdvice {
  id: string;
  text: string;
  at: number;
  done: boolean;
  dueAt: number | null;
  priority: RecommendationPriority | null;
}

/** What may wait, as the facts leave it. `case`: null until its opening is heard. */
export interface WaitingMatter {
  caseId: string;
  case: WaitingCase | null;
  questions: AskedQuestion[];
  actions: WaitingAction[];
  advice: WaitingAdvice | null;
}

/** Of a text, in a list; the thing itself has all of it. */
export const WAITING_TEXT = 2_000;

/** Of all messages only the questions without an answer: what was answered never waits again. */
export const stillAsked = (questions: AskedQuestion[]): AskedQuestion[] =>
  waitingOfCase({
    status: 'NEW',
    onHoldReason: 'NONE',
    isMerged: false,
    messages: questions,
    recommendations: [],
  }).questions.map(({ blocks: blocking, ...rest }) => ({ ...rest, blocking }));

export const pausedOf = (clocks: CaseClock[]): ClockKind[] =>
  clocks.filter(({ pausedAt }) => typeof pausedAt === 'number').map(({ kind }) => kind);

const wordsOf = (fact: ActionFact): Partial<WaitingAction> => {
  if (fact.type === 'action.approval-requested')
    return { text: cut(fact.question, WAITING_TEXT), expiresAt: fact.expiresAt, asking: fact.asking ?? 0 };
  return fact.type === 'action.guided' ? { text: cut(fact.steps.join('\n'), WAITING_TEXT) } : {};
};

/** With these a question goes on as it is, or is taken up again by who takes note after silence was taken for a yes. */
const GOES_ON: readonly ActionFact['type'][] = ['action.contact-tried', 'action.identity-requested'];

const goesOn = (fact: ActionFact): boolean =>
  GOES_ON.includes(fact.type) || (fact.type === 'action.approved' && fact.by.side === 'SYSTEM');

/** The actions that wait, or may yet; what was decided of one does not come to wait again. */
export const stillActing = (actions: WaitingAction[], fact: ActionFact): WaitingAction[] => {
  const others = actions.filter(({ id }) => id !== fact.actionId);
  const before = actions.find(({ id }) => id === fact.actionId);
  const state = stateTold(fact);
  if (before && goesOn(fact)) return [...others, { ...before, state }];
  if (!waitingOfAction(state, undefined)) return others;
  return [...others, { id: fact.actionId, state, text: '', expiresAt: null, ...wordsOf(fact), since: fact.at }];
};

const adviceTerms = (fact: {
  text: string;
  dueAt?: number | null;
  priority?: RecommendationPriority;
}): Pick<WaitingAdvice, 'text' | 'dueAt' | 'priority'> => ({
  text: cut(fact.text, WAITING_TEXT),
  dueAt: fact.dueAt ?? null,
  priority: fact.priority ?? null,
});

/** Advice waits since it was given, however often it was said anew. */
export const stillAdvised = (before: WaitingAdvice | null, fact: AdviceFact): WaitingAdvice | null => {
  const told = adviceStateTold(fact);
  const done = told === null ? (before?.done ?? false) : told !== 'OPEN';
  if (fact.type === 'case.recommendation-added' || fact.type === 'recommendation.given')
    return { ...adviceTerms(fact), id: fact.recommendationId, at: fact.at, done };
  if (!before) return null;
  return { ...before, ...(fact.type === 'recommendation.changed' ? adviceTerms(fact) : {}), done };
};

/**
 * What waits, the oldest first.
 * @param goesOn the case that the work goes on in: another one, where this one was merged.
 */
export const itemsOf = (
  { caseId, case: stage, questions, actions, advice }: WaitingMatter,
  goesOn: WaitingCase | null = stage,
): WaitingItem[] => {
  const asked = waitingOfCase({
    ...(stage ?? { status: 'NEW', onHoldReason: 'NONE', isMerged: false }),
    messages: questions,
    recommendations: advice ? [advice] : [],
  });
  const pauses = (kind: ClockKind): ClockKind | null => (stage?.paused?.includes(kind) ? kind : null);
  const item = (own: Pick<WaitingItem, 'kind' | 'id' | 'text' | 'since'> & Partial<WaitingItem>): WaitingItem => ({
    expiresAt: null,
    pauses: null,
    dueAt: null,
    priority: null,
    ...own,
  });
  return [
    ...actions.flatMap(({ state, ...rest }) => {
      const kind = waitingOfAction(state, goesOn ?? undefined);
      return kind ? [item({ kind, ...rest, pauses: kind === 'APPROVAL' ? pauses('CONTAIN') : null })] : [];
    }),
    ...asked.questions.map(({ id, text, at, blocks }) =>
      item({ kind: 'QUESTION', id, text, since: at, pauses: blocks ? pauses('RESOLVE') : null }),
    ),
    ...(asked.isHeld && stage
      ? [item({ kind: 'ON_HOLD', id: caseId, text: stage.title, since: stage.statusSince })]
      : []),
    ...asked.recommendations.map(({ id, text, at, dueAt, priority }) =>
      item({ kind: 'RECOMMENDATION', id, text, since: at, dueAt, priority }),
    ),
  ].sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
};
