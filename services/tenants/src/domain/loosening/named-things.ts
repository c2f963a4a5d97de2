import type { Asset, Identity } from '#contracts';
import { assetsCalled, findAssets, findIdentities, identitiesCalled, shortHost, shortUser } from '#libs/terms';

/** A domain that nobody has. */
const ELSEWHERE = 'elsewhere.invalid';

/** How things of a kind are told apart. */
export interface NamedThings<Thing> {
  kind: 'HOST' | 'USER';
  namesOf(thing: Thing): readonly string[];
  /** Without domain. */
  short(name: string): string;
  /** Names that nobody registered and that may still stand for who is called so. */
  elsewhere(short: string): string[];
  /** Those that are called so when domains are left out. */
  calledLike(things: readonly Thing[], short: string): readonly Thing[];
  /** All that somebody of this name may be. */
  possible(things: readonly Thing[], name: string): Thing[];
}

export const HOSTS: NamedThings<Asset> = {
  kind: 'HOST',
  namesOf: ({ hostnames }) => hostnames,
  short: shortHost,
  elsewhere: (short) => [short, `${short}.${ELSEWHERE}`],
  calledLike: (assets, short) => assetsCalled(assets, short).short,
  possible: (assets, name) => findAssets(assets, [name]).possible,
};
export const PEOPLE: NamedThings<Identity> = {
  kind: 'USER',
  namesOf: ({ names }) => names,
  short: shortUser,
  elsewhere: (short) => [short, `${short}@${ELSEWHERE}`, `${ELSEWHERE}\\${short}`],
  calledLike: (identities, short) => identitiesCalled(identities, short).short,
  possible: (identities, name) => findIdentities(identities, [name]).possible,
};

/** A name of `elsewhere`, for people. */
export const inWords = (name: string): string => name.replace(ELSEWHERE, 'another domain');
