import type { Asset, Identity } from '#contracts';
import { foldName, hostForm, sameUser, shortHost, shortUser } from './names.js';

/** What is registered under some names of one host or user. */
export interface RegistryMatch<Thing> {
  /** The one it surely is. */
  sure: Thing | undefined;
  /** All that it may be, `sure` among them. */
  possible: Thing[];
}

/** By name as it is, and by name without domain. */
interface Index<Thing> {
  exact: Map<string, Thing[]>;
  short: Map<string, Thing[]>;
}

const add = <Thing>(map: Map<string, Thing[]>, key: string, thing: Thing): void => {
  const known = map.get(key);
  if (!known) map.set(key, [thing]);
  else if (!known.includes(thing)) known.push(thing);
};

/** Made once for each list, as a tenant's list stays the same object until it changes. */
const indexed = <Thing extends object>(
  namesOf: (thing: Thing) => readonly string[],
  short: (name: string) => string,
): ((things: readonly Thing[]) => Index<Thing>) => {
  const made = new WeakMap<readonly Thing[], Index<Thing>>();
  return (things) => {
    const known = made.get(things);
    if (known) return known;
    const index: Index<Thing> = { exact: new Map(), short: new Map() };
    for (const thing of things) {
      for (const name of namesOf(thing).map(foldName)) {
        add(index.exact, name, thing);
        add(index.short, short(name), thing);
      }
    }
    made.set(things, index);
    return index;
  };
};

const assetsByName = indexed<Asset>(({ hostnames }) => hostnames, shortHost);
const identitiesByName = indexed<Identity>(({ names }) => names, shortUser);

/** Who a name may be. `sure`: nothing about this name speaks against the only one. */
interface Claim<Thing> {
  things: Thing[];
  sure: boolean;
}

const NOTHING = { things: [], sure: true };

/** Registered with a full name that begins alike: it is another host than one of that name in another domain. */
const livesElsewhere = ({ hostnames }: Asset, name: string): boolean =>
  hostnames.map(foldName).some((known) => hostForm(known) === 'FULL' && shortHost(known) === shortHost(name));

const claimHost = ({ exact, short }: Index<Asset>, name: string): Claim<Asset> => {
  const form = hostForm(name);
  const [same, alike] = [exact.get(name), form === 'ADDRESS' ? [] : (short.get(shortHost(name)) ?? [])];
  if (same) return { things: same, sure: form !== 'ADDRESS' };
  if (form !== 'FULL') return alike.length > 0 ? { things: alike, sure: true } : NOTHING;
  const near = alike.filter((asset) => asset.hostnames.some((known) => foldName(known) === shortHost(name)));
  // A full name that nobody answers to is a host of its own, whatever its other names say.
  return { things: near, sure: near.length > 0 && !near.some((asset) => livesElsewhere(asset, name)) };
};

const claimUser = ({ exact, short }: Index<Identity>, name: string): Claim<Identity> => {
  const same = exact.get(name);
  if (same) return { things: same, sure: true };
  const alike = short.get(shortUser(name)) ?? [];
  return {
    things: alike.filter(({ names }) => names.some((known) => sameUser(known, name) === 'PERHAPS')),
    sure: false,
  };
};

const together = <Thing>(claims: Claim<Thing>[]): RegistryMatch<Thing> => {
  const possible = [...new Set(claims.flatMap(({ things }) => things))];
  return { sure: possible.length === 1 && claims.every(({ sure }) => sure) ? possible[0] : undefined, possible };
};

const folded = (names: readonly string[]): string[] => [...new Set(names.map(foldName))].filter(Boolean);

/**
 * The registered asset that a host is, by all the names it is known by. Short and full names are one asset; a short
 * name that several answer to, a full name in another domain, and an address leave doubt.
 */
export const findAssets = (assets: readonly Asset[], names: readonly string[]): RegistryMatch<Asset> => {
  const index = assetsByName(assets);
  return together(folded(names).map((name) => claimHost(index, name)));
};

/**
 * The registered identity that a user is: surely by its registered names as they are; one that is alike but for its
 * domain leaves doubt.
 */
export const findIdentities = (identities: readonly Identity[], names: readonly string[]): RegistryMatch<Identity> => {
  const index = identitiesByName(identities);
  return together(folded(names).map((name) => claimUser(index, name)));
};
