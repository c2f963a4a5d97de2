import type { HuntAsked, HuntFinished } from '#contracts';
import type { View } from '#libs/model';
import type { HuntJournal } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

type HuntJournalFact = HuntAsked | HuntFinished;

/** One document a hunt: what was supposed, where was looked, what came of it; nothing found is an outcome too. */
export const huntJournal: View<HuntJournal, HuntJournalFact> & { indexes: readonly string[] } = {
  name: 'hunt-journal',
  indexes: ['finished.at'],
  hears: ['hunt.asked', 'hunt.finished'],
  keys: ({ message }) => [message.huntId],
  show: inOrder((before, { message }) => {
    const { huntId, hypothesis, technique } = message;
    const doc = before ?? {
      applied: [0, 0],
      huntId,
      hypothesis,
      technique,
      askedAt: null,
      scope: null,
      finished: null,
    };
    if (message.type === 'hunt.asked') {
      const { from, to, source } = message.query;
      return { ...doc, askedAt: message.at, scope: { from, to, source } };
    }
    const { rows, scanned, elapsedMs, failure, at } = message;
    return { ...doc, finished: { rows, scanned, elapsedMs, failure: failure ?? null, at } };
  }),
};
