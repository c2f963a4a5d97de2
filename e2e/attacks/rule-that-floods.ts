import { HOUR_MS } from '#libs/terms';
import { countedIn, floods } from '../../services/detection/src/domain/flood/counting.js';
import { defaults } from '../../services/detection/src/config.js';
import type { Attack } from './attack.js';

/** How many new findings of one rule are raised within an hour, of so many, each of a group of its own. */
const raisedOf = (findings: number): number => {
  const { FINDINGS_PER_RULE: perRule, FINDINGS_IN_ALL: inAll } = defaults;
  let counted = countedIn(undefined, HOUR_MS);
  let raised = 0;
  for (let index = 0; index < findings; index += 1) {
    // As from a checkpoint, and whatever time the events claim.
    counted = countedIn(counted, HOUR_MS + index);
    if (!floods(counted, 'own-rule', { perRule, inAll })) raised += 1;
  }
  return raised;
};

/** A rule that matches everything, grouped by what never repeats. */
export const ruleThatFloods: Attack = {
  name: 'rule-that-floods',
  line: 13,
  control: () => raisedOf(999) === 999,
  attack: () => (raisedOf(20_000) > 1_000 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/detection/src/domain/flood/counting.ts',
    find: "if (ofRule >= perRule) return 'rule';",
    replace: '',
  },
};
