import type { RulesetExceptionAdded, RulesetExceptionEnded } from '#contracts';
import type { View } from '#libs/model';
import type { ExceptionJournal } from '../domain/journals/index.js';
import { inOrder } from './in-order.js';

type ExceptionJournalFact = RulesetExceptionAdded | RulesetExceptionEnded;

/** One document an exception from a rule: what it lets pass, why, and for how long. */
export const exceptionJournal: View<ExceptionJournal, ExceptionJournalFact> & { indexes: readonly string[] } = {
  name: 'exception-journal',
  indexes: ['addedAt'],
  hears: ['ruleset.exception-added', 'ruleset.exception-ended'],
  keys: ({ message }) => [message.exceptionId],
  show: inOrder((before, { message }) => {
    if (message.type === 'ruleset.exception-ended') return before && { ...before, endedAt: message.at };
    const { exceptionId, ruleId, owner, reason, expiresAt, at: addedAt } = message;
    return { applied: [0, 0], exceptionId, ruleId, owner, reason, addedAt, expiresAt, endedAt: null };
  }),
};
