import type { CarriedAction, CarriedMessage, CaseTakenOver } from '#contracts';
import { cut } from '#libs/model';
import { contains, isCaseDone, isContaining, mayBeWithdrawn, questionsAfter, standingAfter } from '#libs/terms';
import type { CaseState, RecordedAction } from './case-state.js';

/** Questions that go over with a merge, and of the text of each. */
const QUESTIONS = 100;
const TEXT = 2_000;

/** What the customer is asked, once one more message was written, here or in a case that went into this one. */
export const withMessage = <State extends Pick<CaseState, 'questions' | 'openQuestions'>>(
  state: State,
  { messageId: id, kind, text, inReplyTo = null, by, at, blocking }: Omit<CarriedMessage, 'type'>,
): State => {
  const known = new Map(state.openQuestions.map((one) => [one.id, one]));
  const open = questionsAfter(state.openQuestions, { id, kind, inReplyTo, by, blocking });
  return {
    ...state,
    questions: kind === 'QUESTION' ? [...state.questions, id] : state.questions,
    openQuestions: open.map((one) => ({ text: cut(text, TEXT), by, at, ...known.get(one.id), ...one })),
  };
};

/** Whether the case that this one went into is to know where an action stands; what is withdrawn is asked there. */
export const isCarried = ({ actionClass, state }: Pick<CarriedAction, 'actionClass' | 'state'>): boolean =>
  isContaining(actionClass) && !mayBeWithdrawn(state);

/** What goes over with a merge: the questions that are open, and what contains something, or was to and does not. */
export const carriedBy = ({
  status,
  openQuestions,
  actions,
}: CaseState): { messages?: CarriedMessage[]; actions?: CarriedAction[] } => {
  const messages = (isCaseDone(status) ? [] : openQuestions.slice(-QUESTIONS)).map(
    ({ id: messageId, blocks: blocking, text, by, at }): CarriedMessage => ({
      ...{ messageId, kind: 'QUESTION', text, inReplyTo: null, by, at, blocking },
    }),
  );
  const standing = Object.entries(actions)
    .filter(([, one]) => isCarried(one))
    .map(
      ([actionId, { actionClass, target, state, occurredAt }]): CarriedAction => ({
        ...{ actionId, actionClass, target, state, occurredAt },
      }),
    );
  return {
    ...(messages.length > 0 ? { messages } : {}),
    ...(standing.length > 0 ? { actions: standing } : {}),
  };
};

const afterCarried = (before: RecordedAction | undefined, carried: CarriedAction): RecordedAction => {
  const { actionClass, target, state, occurredAt } = carried;
  return { actionClass, target, ...standingAfter(before, state), occurredAt };
};

/** Where an action stands that was not known to stand so. What was not done elsewhere says nothing. */
export const isNewsHere = (carried: CarriedAction, { actions }: CaseState): boolean => {
  const before = Object.hasOwn(actions, carried.actionId) ? actions[carried.actionId] : undefined;
  if (!before) return carried.state !== 'SKIPPED';
  const { state, occurredAt } = afterCarried(before, carried);
  return state !== before.state || occurredAt !== before.occurredAt;
};

/** A case once it took over what is known of another one. */
export const withTakenOver = (
  state: CaseState,
  { fromCaseId, wasContained, messages, actions, occurredAt, at }: CaseTakenOver,
): CaseState => {
  const { [fromCaseId]: _arrived, ...movedFrom } = state.movedFrom;
  const carried = (actions ?? []).map((one) => [one.actionId, afterCarried(state.actions[one.actionId], one)] as const);
  return {
    ...(messages ?? []).reduce<CaseState>(withMessage, state),
    movedFrom,
    tookOverAt: { [fromCaseId]: occurredAt ?? at, ...state.tookOverAt },
    actions: { ...state.actions, ...Object.fromEntries(carried) },
    wasContained: state.wasContained || wasContained || carried.some(([, one]) => contains(one)),
  };
};
