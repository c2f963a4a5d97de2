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
  /** Of a question of the provider: the work waits for its answer. Absent where it was written before that could be. */
  blocking?: boolean;
  withdrawn?: boolean;
}

/** A question of the provider that the customer has not answered. */
export interface OpenQuestion {
  id: string;
  /** The work waits for it, and it is the customer's turn. */
  blocks: boolean;
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
 * @param ofCase the one that its work goes on in (`survivorOf`); undefined where that is not known (yet): what is asked
 * is shown rather than hidden.
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
 * The provider's questions that are open once one more message was written. Only what the customer wrote in reply to a
 * question answers it: who writes about something else, or answers another of two questions, has left this one open,
 * and a question back ("which host?") is no answer. Nor does the provider answer itself by adding to what it asked. A
 * reply need not be called ANSWER, as portals send MESSAGE unless told otherwise.
 *
 * A question blocks no longer than until the customer's next word that may be meant for it: then it is the provider's
 * turn to read, and to ask again. Only words in reply to something else leave it blocking.
 */
export const questionsAfter = (open: readonly OpenQuestion[], message: WrittenInCase): readonly OpenQuestion[] => {
  const { id, kind, inReplyTo, by, blocking = false, withdrawn = false } = message;
  if (by.side !== 'CUSTOMER')
    return kind === 'QUESTION' && !withdrawn ? [...open, { id, blocks: blocking && by.side === 'PROVIDER' }] : open;
  return open
    .filter((one) => kind === 'QUESTION' || one.id !== inReplyTo)
    .map((one) => (inReplyTo === null || inReplyTo === one.id ? { ...one, blocks: false } : one));
};

/**
 * What of a case waits for the customer, its actions apart. Questions do while the case is open; advice until it is
 * followed, as it outlives the case; and the case itself (`isHeld`) where it is on hold for the customer and no
 * question says what for, as of old.
 */
export const waitingOfCase = <Message extends WrittenInCase, Advice extends { done: boolean }>(
  one: CaseBeforeCustomer<Message, Advice>,
): { questions: (Message & { blocks: boolean })[]; recommendations: Advice[]; isHeld: boolean } => {
  const open = new Map(
    (isCaseOpen(one) ? one.messages.reduce<readonly OpenQuestion[]>(questionsAfter, []) : []).map(({ id, blocks }) => [
      id,
      blocks,
    ]),
  );
  const questions = one.messages.flatMap((message) => {
    const blocks = open.get(message.id);
    return blocks === undefined ? [] : [{ ...message, blocks }];
  });
  return {
    questions,
    recommendations: one.recommendations.filter(({ done }) => !done),
    isHeld:
      isCaseOpen(one) && one.status === 'ON_HOLD' && one.onHoldReason === 'AWAITING_CUSTOMER' && questions.length === 0,
  };
};
