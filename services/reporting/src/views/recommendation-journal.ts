import type { RecommendationChanged, RecommendationFact, RecommendationGiven } from '#contracts';
import { cut, firstAndLatest, type Heard, type View } from '#libs/model';
import { adviceStateTold, adviceWords } from '#libs/terms';
import { OPEN_END, type RecommendationJournal } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

const TEXT = 2_000;
const MOST = 200;

const sayingOf = ({ text, owner, dueAt = null, priority, at }: RecommendationGiven | RecommendationChanged) => ({
  text: cut(text, TEXT),
  owner,
  dueAt,
  priority,
  at,
});

const begin = ({ envelope, message: fact }: Heard<RecommendationFact>): RecommendationJournal | undefined =>
  fact.type === 'recommendation.given'
    ? {
        applied: [0, 0],
        recommendationId: fact.recommendationId,
        caseId: fact.caseId,
        postureId: fact.postureId,
        givenAt: fact.at,
        fact: envelope.id,
        sayings: [sayingOf(fact)],
        states: [],
        until: OPEN_END,
      }
    : undefined;

/** One document a recommendation, as far as it has a stream of its own. */
export const recommendationJournal: View<RecommendationJournal, RecommendationFact> & { indexes: readonly string[] } = {
  name: 'recommendation-journal',
  indexes: ['until'],
  hears: [
    'recommendation.given',
    'recommendation.changed',
    'recommendation.completed',
    'recommendation.risk-accepted',
    'recommendation.withdrawn',
    'recommendation.reopened',
  ],
  keys: ({ message }) => [message.recommendationId],
  show: inOrder((before, heard) => {
    const { message } = heard;
    const doc = before ?? begin(heard);
    if (!doc) return undefined;
    if (message.type === 'recommendation.changed')
      return { ...doc, sayings: firstAndLatest([...doc.sayings, sayingOf(message)], MOST) };
    const state = adviceStateTold(message);
    if (!state || message.type === 'recommendation.reminder-due') return doc;
    const told = { state, by: message.by, words: cut(adviceWords(message), TEXT), at: message.at };
    const until = state === 'OPEN' ? OPEN_END : message.at;
    return { ...doc, states: firstAndLatest([...doc.states, told], MOST), until };
  }),
};
