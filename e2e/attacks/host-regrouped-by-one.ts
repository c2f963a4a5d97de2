import { ada, asset, carol, heldAfter, override, register } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** One person of the provider puts a server among the workstations, which the provider may isolate without asking. */
export const hostRegroupedByOne: Attack = {
  name: 'host-regrouped-by-one',
  line: 6,
  control: () => groupsAfter(carol).includes('workstations'),
  attack: () => (groupsAfter(ada).includes('workstations') ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/loosening/assets.ts',
    find: '...[...stoodFor].map((one) => differ(host, groupsOfAsset(one), groupsOfAsset(is))),',
    replace: '',
  },
};

const groupsAfter = (who: typeof ada): string[] =>
  heldAfter(
    { overrides: [override({ assetGroups: ['workstations'] })] },
    [asset('files01', ['servers'])],
    [[who, register(asset('files01', ['servers', 'workstations']))]],
  ).assets[0]?.groups ?? [];
