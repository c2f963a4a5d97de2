import type { RequestAnswered } from '#contracts';
import type { View } from '#libs/model';

export interface AnswerDoc extends Omit<RequestAnswered, 'type'> {
  at: number;
}
export interface AnswersDoc {
  /** Newest last; by id where two are of the same moment, whatever came first. */
  answers: AnswerDoc[];
}

/** Answers kept in a bucket; a tenant has 256 buckets, so its last 12,800 or so can be asked for. */
const KEPT = 50;

const byTime = (a: AnswerDoc, b: AnswerDoc): number => a.at - b.at || (a.requestId < b.requestId ? -1 : 1);

export const bucketOf = (requestId: string): string => requestId.slice(0, 2);

/**
 * Answers to what people asked: their requests begin a correlation of their own. Those of reactions, which nobody asks
 * for by id, are left out, and so are those of the daily anchors. Bounded: the oldest of a bucket make room.
 */
export const answers: View<AnswersDoc, RequestAnswered> = {
  name: 'answers',
  hears: ['request.answered'],
  keys: ({ envelope, message: { requestId, requestType } }) =>
    envelope.correlationId === requestId && requestType !== 'anchor.make' ? [bucketOf(requestId)] : [],
  show: (doc, { envelope: { time: at }, message: { type: _type, ...answer } }) => ({
    answers: [...(doc?.answers ?? []).filter(({ requestId }) => requestId !== answer.requestId), { ...answer, at }]
      .sort(byTime)
      .slice(-KEPT),
  }),
};
