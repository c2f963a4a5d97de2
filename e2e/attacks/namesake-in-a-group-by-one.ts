import { ada, asset, carol, heldAfter, override, register } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/**
 * One person of the provider registers a host that nobody had registered beside its namesake in another domain, which
 * the provider may isolate.
 */
export const namesakeInAGroupByOne: Attack = {
  name: 'namesake-in-a-group-by-one',
  line: 6,
  control: () => hostsAfter(carol, 'workstations') === 2 && hostsAfter(ada, 'servers') === 2,
  attack: () => (hostsAfter(ada, 'workstations') === 2 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/loosening/assets.ts',
    find: 'const fresh = !was ||',
    replace: 'const fresh = was !== undefined &&',
  },
};

const hostsAfter = (who: typeof ada, group: string): number =>
  heldAfter(
    { overrides: [override({ assetGroups: ['workstations'] })] },
    [asset('ws1.paris.example', [group])],
    [[who, register(asset('ws1.tokyo.example', [group]))]],
  ).assets.length;
