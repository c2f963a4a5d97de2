import { ada, asset, carol, confirm, heldAfter, override, register, setPolicy } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/**
 * One person of the provider proposes to act on workstations, then makes a server one: so far the policy says nothing
 * of that group, so it holds at once. The customer agrees to what it saw proposed.
 */
export const groupFilledBeforeItIsAgreed: Attack = {
  name: 'group-filled-before-it-is-agreed',
  line: 6,
  control: () => mayActAfter('printers'),
  attack: () => (mayActAfter('workstations') ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/tenant/terms-change.ts',
    find: 'differenceOf({ ...form, policy }, { ...terms, policy }).looser.length > 0',
    replace: 'differenceOf({ ...form, policy }, { ...form, policy }).looser.length > 0',
  },
};

const mayActAfter = (group: string): boolean =>
  heldAfter(
    {},
    [asset('files01', ['servers'])],
    [
      [ada, setPolicy({ overrides: [override({ assetGroups: ['workstations'] })] })],
      [ada, register(asset('files01', ['servers', group]))],
      [carol, confirm('1')],
    ],
  ).policy.overrides.length === 1;
