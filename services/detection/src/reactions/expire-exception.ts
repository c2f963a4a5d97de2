import type { RulesetEndException, RulesetExceptionAdded, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';

/** An exception ends by itself: the request waits until its time has come. */
export const expireException: Reaction<RulesetExceptionAdded, RulesetEndException, TenantState> = {
  name: 'expire-exception',
  hears: ['ruleset.exception-added'],
  react: ({ message: { exceptionId, expiresAt } }) => [
    { request: { type: 'ruleset.end-exception', exceptionId, reason: 'its time has come' }, dueAt: expiresAt },
  ],
};
