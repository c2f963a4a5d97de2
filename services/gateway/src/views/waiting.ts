import type { ActionFact, CarriedMessage, CaseFact } from '#contracts';
import { cut, type View } from '#libs/model';
import type { AdviceFact } from '#libs/terms';
import { actions } from './actions.js';
import { recommendations } from './recommendations.js';
import { itemsOf, pausedOf, stillActing, stillAdvised, stillAsked, WAITING_TEXT } from './waiting-items.js';
import type { AskedQuestion, WaitingCase, WaitingItem, WaitingMatter } from './waiting-items.js';

/**
 * What waits of one case; and of one advice, which outlives its case. `since` is that of the first item, null where
 * nothing waits: whoever asks for all that has one has all that waits, however many cases there are.
 */
export interface WaitingDoc extends WaitingMatter {
  items: WaitingItem[];
  since: number | null;
}

const begin = (caseId: string): WaitingMatter => ({ caseId, case: null, questions: [], actions: [], advice: null });

type CaseTypes =
  | 'case.opened'
  | 'case.status-changed'
  | 'case.clocks-changed'
  | 'case.closed'
  | 'case.merged'
  | 'case.reopened'
  | 'case.message-posted'
  | 'case.question-withdrawn'
  | 'case.taken-over';
type WaitingCaseFact = Extract<CaseFact, { type: CaseTypes }>;
type WaitingFold<Fact> = (
  matter: WaitingMatter,
  fact: Fact,
) => Partial<Omit<WaitingMatter, 'case'>> & { case?: Partial<WaitingCase> };
type WaitingFolds = { [Type in CaseTypes]: WaitingFold<Extract<CaseFact, { type: Type }>> };

const askedBy = ({ messageId: id, kind, text, inReplyTo, by, at, blocking }: CarriedMessage): AskedQuestion => ({
  ...{ id, kind, text: cut(text, WAITING_TEXT), inReplyTo: inReplyTo ?? null, by, at, blocking },
});

const folds: WaitingFolds = {
  'case.opened': (_matter, { number, title, at }) => ({
    case: {
      number,
      title: cut(title, WAITING_TEXT),
      status: 'NEW',
      onHoldReason: 'NONE',
      isMerged: false,
      statusSince: at,
    },
  }),
  'case.status-changed': (_matter, { to, onHoldReason, clocks, at }) => ({
    case: { status: to, onHoldReason, statusSince: at, paused: pausedOf(clocks) },
  }),
  'case.clocks-changed': (_matter, { clocks }) => ({ case: { paused: pausedOf(clocks) } }),
  'case.closed': (_matter, { at }) => ({ case: { status: 'CLOSED', statusSince: at } }),
  'case.merged': (_matter, { intoCaseId: mergedInto, at }) => ({
    case: { status: 'CLOSED', isMerged: true, mergedInto, statusSince: at },
  }),
  'case.reopened': ({ questions }, { at }) => ({
    case: { status: 'IN_PROGRESS', statusSince: at },
    // Nothing waits for what was asked in the life before.
    questions: questions.map((one) => ({ ...one, blocking: false })),
  }),
  'case.message-posted': ({ questions }, message) => ({
    questions: stillAsked([...questions, askedBy(message)]),
  }),
  'case.taken-over': ({ questions }, { messages }) => ({
    questions: stillAsked([...questions, ...(messages ?? []).map(askedBy)]),
  }),
  'case.question-withdrawn': ({ questions }, { messageId }) => ({
    questions: questions.filter(({ id }) => id !== messageId),
  }),
};

type WaitingFact = WaitingCaseFact | ActionFact | AdviceFact;
const isAction = (fact: WaitingFact): fact is ActionFact => fact.type.startsWith('action.');
const isAdvice = (fact: WaitingFact): fact is AdviceFact => 'recommendationId' in fact;

const after = (matter: WaitingMatter, fact: WaitingFact): WaitingMatter => {
  if (isAdvice(fact)) return { ...matter, advice: stillAdvised(matter.advice, fact) };
  if (isAction(fact)) return { ...matter, actions: stillActing(matter.actions, fact) };
  const { case: stage, ...rest } = (folds[fact.type] as WaitingFold<WaitingCaseFact>)(matter, fact);
  // Its opening comes first in its stream.
  return { ...matter, ...rest, case: stage ? ({ ...matter.case, ...stage } as WaitingCase) : matter.case };
};

/** Everything that waits for the customer, in one place whose size is that of what waits. */
export const waiting: View<WaitingDoc, WaitingFact> & { indexes: string[] } = {
  name: 'waiting',
  hears: [...(Object.keys(folds) as CaseTypes[]), ...actions.hears, ...recommendations.hears],
  indexes: ['since'],
  keys: ({ message }) => {
    if (isAdvice(message)) return [message.recommendationId];
    // An action need not be of a case.
    return [message.caseId || ('actionId' in message ? message.actionId : '')];
  },
  show: (before, { message }) => {
    const now = after(before ?? begin(message.caseId), message);
    const items = itemsOf(now);
    return { ...now, items, since: items[0]?.since ?? null };
  },
};
