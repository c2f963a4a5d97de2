import { Refused } from '#libs/model';
import { isAtLeast } from '#libs/terms';
import type { CaseState } from './state.js';

/**
 * Four eyes: what becomes of a case that is, or once was, HIGH or above is said by somebody who did not work on it,
 * after somebody else has: by no fact of it, nor of a case that was merged into it, nor by what was asked for an
 * action.
 */
export const bySecondPerson = ({ gravest, workers }: CaseState, who: string, what: string): void => {
  if (!isAtLeast(gravest, 'HIGH')) return;
  const others = workers.filter((worker) => worker !== who);
  if (others.length === 0 && !workers.includes(who))
    throw new Refused(`nobody has worked on this ${gravest} case yet: it is not ${what} unseen`, 'NOBODY_WORKED');
  if (workers.includes(who))
    throw new Refused(
      `a case that was ${gravest} is ${what} by a second person: ${who} worked on it`,
      'SECOND_PERSON_NEEDED',
    );
};
