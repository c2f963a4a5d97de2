import { ada, asset, carol, DC01, heldAfter, register } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/** One person of the provider takes a name from an excluded host: by that name it would be no excluded one. */
export const excludedHostRenamedByOne: Attack = {
  name: 'excluded-host-renamed-by-one',
  line: 6,
  control: () => namesAfter(carol).length === 1,
  attack: () => (namesAfter(ada).length === 1 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/loosening/exclusions.ts',
    find: 'excluded(after, name) === undefined ?',
    replace: "excluded(after, name) === '' ?",
  },
};

const namesAfter = (who: typeof ada): string[] =>
  heldAfter(
    { mode: 'AUTHORIZE', exclusions: [DC01] },
    [asset('a', [], ['dc01', 'ads'])],
    [[who, register(asset('a', [], ['ads']))]],
  ).assets[0]?.hostnames ?? [];
