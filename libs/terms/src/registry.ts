import type { Asset, Identity } from '#contracts';
import { called, nameIndexes, type NameIndex } from './name-index.js';
import { foldName, hostForm, sameUser, shortHost, shortUser } from './names.js';

/** What is registered under some names of one host or user. */
export interface RegistryMatch<Thing> {
  /** The one it surely is. */
  sure: Thing | undefined;
  /** All that it may be, `sure` among them. */
  possible: Thing[];
}

const ASSETS = nameIndexes<Asset>({ namesOf: ({ hostnames }) => hostnames, short: shortHost });
const IDENTITIES = nameIndexes<Identity>({ namesOf: ({ names }) => names, short: shortUser });

/** Who a name may be. `sure`: nothing about this name speaks against the only one. */
interface Claim<Thing> {
  things: readonly Thing[];
  sure: boolean;
}

const NOTHING = { things: [], sure: true };

/** Registered with a full name that begins alike: it is another host than one of that name in another domain. */
const livesElsewhere = ({ hostnames }: Asset, name: string): boolean =>
  hostnames.map(foldName).some((known) => hostForm(known) === 'FULL' && shortHost(known) === shortHost(name));

const claimHost = ({ exact, short }: NameIndex<Asset>, name: string): Claim<Asset> => {
  const form = hostForm(name);
  const [same, alike] = [called(exact, name), form === 'ADDRESS' ? [] : called(short, shortHost(name))];
  if (same.length > 0) return { things: same, sure: form !== 'ADDRESS' };
  if (form !== 'FULL') return alike.length > 0 ? { things: alike, sure: true } : NOTHING;
  const near = alike.filter((asset) => asset.hostnames.some((known) => foldName(known) === shortHost(name)));
  // A full name that nobody answers to is a host of its own, whatever its other names say.
  return { things: near, sure: near.length > 0 && !near.some((asset) => livesElsewhere(asset, name)) };
};

const claimUser = ({ exact, short }: NameIndex<Identity>, name: string): Claim<Identity> => {
  const same = called(exact, name);
  if (same.length > 0) return { things: same, sure: true };
  const alike = called(short, shortUser(name));
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
  const index = ASSETS.of(assets);
  return together(folded(names).map((name) => claimHost(index, name)));
};

/**
 * The registered identity that a user is: surely by its registered names as they are; one that is alike but for its
 * domain leaves doubt.
 */
export const findIdentities = (identities: readonly Identity[], names: readonly string[]): RegistryMatch<Identity> => {
  const index = IDENTITIES.of(identities);
  return together(folded(names).map((name) => claimUser(index, name)));
};

/**
 * Assets that bear a name as it is, and those that bear it when domains are left out.
 * @param name folded.
 */
export const assetsCalled = (assets: readonly Asset[], name: string): Record<'exact' | 'short', readonly Asset[]> => {
  const { exact, short } = ASSETS.of(assets);
  return { exact: called(exact, name), short: called(short, shortHost(name)) };
};
/** The same of identities. */
export const identitiesCalled = (
  identities: readonly Identity[],
  name: string,
): Record<'exact' | 'short', readonly Identity[]> => {
  const { exact, short } = IDENTITIES.of(identities);
  return { exact: called(exact, name), short: called(short, shortUser(name)) };
};

/** Say of which list another one was made, and what differs: its names are not looked up anew. */
export const assetsReplaced = ASSETS.replaced;
export const identitiesReplaced = IDENTITIES.replaced;
