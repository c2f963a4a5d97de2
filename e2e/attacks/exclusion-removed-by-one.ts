import { ada, carol, DC01, heldAfter, setPolicy } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** One person of the provider takes a customer's domain controller out of what is never touched. */
export const exclusionRemovedByOne: Attack = {
  name: 'exclusion-removed-by-one',
  line: 6,
  control: () => heldAfter({ exclusions: [DC01] }, [], [[carol, setPolicy({})]]).policy.exclusions.length === 0,
  attack: () =>
    heldAfter({ exclusions: [DC01] }, [], [[ada, setPolicy({})]]).policy.exclusions.length === 0
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'services/tenants/src/domain/loosening/policies.ts',
    find: 'looser: without(had, has)',
    replace: 'looser: without(has, has)',
  },
};
