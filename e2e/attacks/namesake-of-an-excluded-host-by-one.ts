import { ada, asset, carol, heldAfter, register } from '../support/policy-changes.js';
import type { Attack } from './attack.js';

/**
 * An excluded host goes by another name, too, and one person of the provider registers another host under that name, in
 * letters of its own.
 */
export const namesakeOfAnExcludedHostByOne: Attack = {
  name: 'namesake-of-an-excluded-host-by-one',
  line: 6,
  control: () => hostsAfter(carol, 'ｄｃ01') === 2 && hostsAfter(ada, 'web01') === 2,
  attack: () => (hostsAfter(ada, 'ｄｃ01') === 2 || hostsAfter(ada, 'dc01') === 2 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/loosening/exclusions.ts',
    find: '(was ? [was, is] : [is])',
    replace: '(was ? [was, is] : [])',
  },
};

const hostsAfter = (who: typeof ada, name: string): number =>
  heldAfter(
    { mode: 'AUTHORIZE', exclusions: [{ entity: 'host:pdc', reason: 'domain controller' }] },
    [asset('a', [], ['dc01.acme.example', 'pdc'])],
    [[who, register(asset('b', [], [name]))]],
  ).assets.length;
