import type { PostureFact } from '#contracts';
import { firstAndLatest, type View } from '#libs/model';
import { isPostureNews, NO_POSTURE, postureAfter } from '#libs/terms';
import { OPEN_END, type PostureJournal } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

/** Facts of one item that are kept: its opening, and the latest. */
const KEPT = 1_000;

/** One document a posture item. */
export const postureJournal: View<PostureJournal, PostureFact> & { indexes: readonly string[] } = {
  name: 'posture-journal',
  indexes: ['until'],
  hears: [
    'posture.opened',
    'posture.observed',
    'posture.changed',
    'posture.risk-accepted',
    'posture.resolved',
    'posture.reopened',
  ],
  keys: ({ message }) => [message.postureId],
  show: inOrder((before, { message }) => {
    if (!isPostureNews(message)) return before;
    const { postureId, at } = message;
    const doc = before ?? { applied: [0, 0], postureId, openedAt: at, facts: [] };
    const facts = firstAndLatest([...doc.facts, message], KEPT);
    const { gaps, isResolved } = facts.reduce(postureAfter, NO_POSTURE);
    return { ...doc, facts, until: isResolved && gaps.length === 0 ? at : OPEN_END };
  }),
};
