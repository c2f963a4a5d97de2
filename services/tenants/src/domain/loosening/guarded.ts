import type { Asset, Identity, TenantPolicy } from '#contracts';
import { findAssets, findIdentities, foldName, isCritical, shortHost, shortUser } from '#libs/terms';

/** All that is registered, at one time. */
interface Registered {
  assets: readonly Asset[];
  identities: readonly Identity[];
}

const unless = <Thing>(same: (thing: Thing) => string, before: readonly Thing[], after: readonly Thing[]): Thing[] => {
  const [was, is] = [new Set(before.map(same)), new Set(after.map(same))];
  return [...before.filter((one) => !is.has(same(one))), ...after.filter((one) => !was.has(same(one)))];
};

/** Names by which a change can be met, as they are, without domain and in another one. */
const hostNames = (before: readonly Asset[], after: readonly Asset[]): Set<string> =>
  new Set(
    unless(({ hostnames, criticality }) => JSON.stringify([hostnames, criticality]), before, after)
      .flatMap(({ hostnames }) => hostnames)
      .map(foldName)
      .flatMap((name) => [name, shortHost(name), `${shortHost(name)}.elsewhere.invalid`]),
  );
const userNames = (before: readonly Identity[], after: readonly Identity[]): Set<string> =>
  new Set(
    unless(({ names, criticality, privileged }) => JSON.stringify([names, criticality, privileged]), before, after)
      .flatMap(({ names }) => names)
      .map(foldName)
      .flatMap((name) => {
        const short = shortUser(name);
        return [name, short, `${short}@elsewhere.invalid`, `elsewhere.invalid\\${short}`];
      }),
  );

const lost = (
  names: ReadonlySet<string>,
  before: (name: string) => boolean,
  after: (name: string) => boolean,
  what: string,
): string[] =>
  [...names]
    .filter((name) => before(name) && !after(name))
    .map((name) => `${name.replace('elsewhere.invalid', 'another domain')} counts no more as ${what}`);

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
  const host =
    ({ assets }: Registered) =>
    (name: string): boolean =>
      findAssets(assets, [name]).possible.some(isCritical);
  const person =
    ({ identities }: Registered, is: (one: Identity) => boolean) =>
    (name: string): boolean =>
      findIdentities(identities, [name]).possible.some(is);
  const users = userNames(before.identities, after.identities);
  return [
    ...(guards.criticalAssets
      ? [
          ...lost(hostNames(before.assets, after.assets), host(before), host(after), 'critical'),
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
