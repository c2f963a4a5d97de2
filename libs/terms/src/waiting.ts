import type { ActionState, CaseStatus, MessageKind, OnHoldReason, Side } from '#contracts';
import { isCaseDone } from './case-status.js';

/** What may wait for the customer's word or hand, the pressing first. */
export const WAITING_KINDS = ['APPROVAL', 'QUESTION', 'GUIDANCE', 'ON_HOLD', 'RECOMMENDATION'] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

interface WrittenInCase {
  id: string;
  kind: MessageKind;
  inReplyTo: string | null;
  by: { side: Side };
}

interface CaseStage {
  status: CaseStatus;
  /** The work on it goes on in another case. */
  isMerged: boolean;
}

/** A case at one instant, as far as anything of it can wait for the customer. */
export interface CaseBeforeCustomer<Message extends WrittenInCase, Advice extends { done: boolean }> extends CaseStage {
  onHoldReason: OnHoldReason;
  messages: readonly Message[];
  recommendations: readonly Advice[];
}

/** Whether the work goes on, and in this case. */
export const isCaseOpen = ({ status, isMerged }: CaseStage): boolean => !isCaseDone(status) && !isMerged;

/**
 * What of an action waits for the customer. An approval does whatever became of the case, as the action starts once it
 * is given. Guidance does until the case is resolved or closed, which is somebody's judgement that no more is to be
 * done; merging it is none, and what was to be done by hand is not done by it.
 * @param ofCase undefined where the case is not known (yet): what is asked is shown rather than hidden.
 */
export const waitingOfAction = (
  state: ActionState,
  ofCase: CaseStage | undefined,
): Extract<WaitingKind, 'APPROVAL' | 'GUIDANCE'> | null => {
  if (state === 'AWAITING_APPROVAL') return 'APPROVAL';
  const isJudged = ofCase !== undefined && isCaseDone(ofCase.status) && !ofCase.isMerged;
  return state === 'GUIDED' && !isJudged ? 'GUIDANCE' : null;
};

/**
 * The provider's questions that the customer has not answered. Only what the customer wrote in reply to a question
 * answers it: who writes about something else, or answers another of two questions, has left this one open, and a
 * question back ("which host?") is no answer. Nor does the provider answer itself by adding to what it asked. A reply
 * need not be called ANSWER, as portals send MESSAGE unless told otherwise.
 */
const unanswered = <Message extends WrittenInCase>(messages: readonly Message[]): Message[] => {
  const answered = new Set(
    messages.filter(({ kind, by }) => kind !== 'QUESTION' && by.side === 'CUSTOMER').map(({ inReplyTo }) => inReplyTo),
  );
  return messages.filter(({ id, kind, by }) => kind === 'QUESTION' && by.side !== 'CUSTOMER' && !answered.has(id));
};

/**
 * What of a case waits for the customer, its actions apart. Questions do while the case is open; advice until it is
 * followed, as it outlives the case; and the case itself (`isHeld`) where it is on hold for the customer and no
 * question says what for.
 */
export const waitingOfCase = <Message extends WrittenInCase, Advice extends { done: boolean }>(
  one: CaseBeforeCustomer<Message, Advice>,
): { questions: Message[]; recommendations: Advice[]; isHeld: boolean } => {
  const questions = isCaseOpen(one) ? unanswered(one.messages) : [];
  return {
    questions,
    recommendations: one.recommendations.filter(({ done }) => !done),
    isHeld:
      isCaseOpen(one) && one.status === 'ON_HOLD' && one.onHoldReason === 'AWAITING_CUSTOMER' && questions.length === 0,
  };
};
