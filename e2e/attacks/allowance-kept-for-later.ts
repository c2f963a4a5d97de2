import { HOUR_MS } from '#libs/terms';
import { minute, outbreakAt, type DecidedOutbreak } from '../support/outbreak-decided.js';
import type { Attack } from './attack.js';

/** Two hosts are counted, and told so many minutes later; two others are cut off a minute before that. */
const toldAfter = (minutes: number): DecidedOutbreak => {
  const outbreak = outbreakAt();
  for (const host of ['h1', 'h2']) outbreak.propose(host, minute(0));
  outbreak.count(minute(0));
  for (const host of ['h3', 'h4']) outbreak.propose(host, minute(minutes - 1));
  outbreak.tell(minute(minutes));
  outbreak.count(minute(minutes));
  outbreak.tell(minute(minutes));
  return outbreak;
};

/**
 * The service was away between the counting and the telling: hosts that were counted hours ago are cut off in the same
 * minutes as others that are counted now.
 */
export const allowanceKeptForLater: Attack = {
  name: 'allowance-kept-for-later',
  line: 6,
  control: () => toldAfter(5).hosts() === 2,
  attack: () => ([11, 61, 90, 600].some((minutes) => toldAfter(minutes).most(HOUR_MS) > 2) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/action/state.ts',
    find: "allowance: allowance === 'WITHHELD' ? allowance : 'UNASKED',",
    replace: "allowance: allowance === 'ASKED' ? 'UNASKED' : allowance,",
  },
};
