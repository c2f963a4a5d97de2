import { DAY_MS } from '#libs/terms';
import { minute, outbreakAt, type DecidedOutbreak } from '../support/outbreak-decided.js';
import type { Attack } from './attack.js';

/** One host more each so many minutes, for two days; those before are given back. */
const each = (minutes: number): DecidedOutbreak => {
  const outbreak = outbreakAt();
  for (let after = 0; after < 2_880; after += minutes) {
    outbreak.cut(`h${after}`, minute(after));
    outbreak.release(minute(after + 1));
  }
  return outbreak;
};

/** However slowly, six are let be cut off in a day without a person where two are in an hour. */
export const outbreakSlowerThanAnHour: Attack = {
  name: 'outbreak-slower-than-an-hour',
  line: 6,
  control: () => each(300).hosts() === 10,
  attack: () => ([31, 61, 120].some((minutes) => each(minutes).most(DAY_MS) > 6) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/response/src/domain/allowance/decider.ts',
    find: 'if (day >= inDay) return',
    replace: 'if (hour >= inDay) return',
  },
};
