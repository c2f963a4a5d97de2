import { ada, carol, heldAfter, setPolicy } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** One person of the provider makes a customer that wants guidance only one for whom the provider acts. */
export const policyLoosenedByOne: Attack = {
  name: 'policy-loosened-by-one',
  line: 6,
  control: () => heldAfter({}, [], [[carol, setPolicy({ mode: 'AUTHORIZE' })]]).policy.mode === 'AUTHORIZE',
  attack: () =>
    heldAfter({}, [], [[ada, setPolicy({ mode: 'AUTHORIZE' })]]).policy.mode === 'AUTHORIZE' ? 'succeeded' : 'refused',
  mutation: {
    file: 'services/tenants/src/domain/tenant/agreement.ts',
    find: 'difference.looser.length === 0;',
    replace: 'difference.looser.length >= 0;',
  },
};
