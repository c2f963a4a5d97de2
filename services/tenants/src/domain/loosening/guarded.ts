import type { Asset, Identity, TenantPolicy } from '#contracts';
import { foldName, isCritical } from '#libs/terms';
import { newIn } from '../tenant/in-place.js';
import { HOSTS, inWords, PEOPLE, type NamedThings } from './named-things.js';

/** All that is registered, at one time. */
interface Registered {
  assets: readonly Asset[];
  identities: readonly Identity[];
}

/** What stayed is the same object at the same place: it is not looked into. */
const unless = <Thing>(same: (thing: Thing) => string, had: readonly Thing[], has: readonly Thing[]): Thing[] => {
  const [before, after] = [newIn(had, has), newIn(has, had)];
  const [was, is] = [new Set(before.map(same)), new Set(after.map(same))];
  return [...before.filter((one) => !is.has(same(one))), ...after.filter((one) => !was.has(same(one)))];
};

/** Names by which a change can be met, as they are, without domain and in another one. */
const metNames = <Thing>(
  { namesOf, short, elsewhere }: NamedThings<Thing>,
  same: (thing: Thing) => string,
  before: readonly Thing[],
  after: readonly Thing[],
): Set<string> =>
  new Set(
    unless(same, before, after)
      .flatMap(namesOf)
      .map(foldName)
      .flatMap((name) => [name, ...elsewhere(short(name))]),
  );

/** Whether somebody of a name may be such a thing. */
const counts =
  <Thing>({ possible }: NamedThings<Thing>, things: readonly Thing[], is: (thing: Thing) => boolean) =>
  (name: string): boolean =>
    possible(things, name).some(is);

const lost = (
  names: ReadonlySet<string>,
  before: (name: string) => boolean,
  after: (name: string) => boolean,
  what: string,
): string[] =>
  [...names].filter((name) => before(name) && !after(name)).map((name) => `${inWords(name)} counts no more as ${what}`);

/**
 * Hosts and people that a guard asks about by some name before and no more after, each a sentence; none where the guard
 * is switched off, or nothing would happen without being asked for anyway.
 */
export const guardedNoMore = (
  { guards, mode, overrides, unreachableClasses }: TenantPolicy,
  before: Registered,
  after: Registered,
): string[] => {
  const alone = [mode, ...overrides.map((one) => one.mode)].includes('AUTHORIZE') || unreachableClasses.length > 0;
  if (!alone) return [];
  const host = ({ assets }: Registered) => counts(HOSTS, assets, isCritical);
  const person = ({ identities }: Registered, is: (one: Identity) => boolean) => counts(PEOPLE, identities, is);
  const hosts = metNames(
    HOSTS,
    ({ hostnames, criticality }) => JSON.stringify([hostnames, criticality]),
    before.assets,
    after.assets,
  );
  const users = metNames(
    PEOPLE,
    ({ names, criticality, privileged }) => JSON.stringify([names, criticality, privileged]),
    before.identities,
    after.identities,
  );
  return [
    ...(guards.criticalAssets
      ? [
          ...lost(hosts, host(before), host(after), 'critical'),
          ...lost(users, person(before, isCritical), person(after, isCritical), 'critical'),
        ]
      : []),
    ...(guards.privilegedIdentities
      ? lost(
          users,
          person(before, ({ privileged }) => privileged),
          person(after, ({ privileged }) => privileged),
          'privileged',
        )
      : []),
  ];
};
