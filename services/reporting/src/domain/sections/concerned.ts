import type { Entity, TenantState } from '#contracts';
import { findAssets, findIdentities, foldName, rankedEntities } from '#libs/terms';
import type { ConcernedEntity } from '../report/data.js';
import { addressesIn } from './addresses.js';
import { excerpt } from './context.js';
import { groupedBy } from '../grouped-by.js';

/** As many of each kind as a reader takes in; the portal has all. */
const MOST = 8;
/** Of one of them. */
const MOST_NAMES = 3;
const PEOPLE = ['user', 'cloud-principal', 'mailbox'];

/** Who or what an entity surely or, for people, by the only identity that is alike, is: names that share it are one. */
const selfOf = ({ kind, value }: Entity, { assets, identities }: TenantState): string => {
  if (kind === 'host') return `host:${findAssets(assets, [value]).sure?.assetId ?? foldName(value)}`;
  const { sure, possible } = findIdentities(identities, [value]);
  const identity = sure ?? (possible.length === 1 ? possible[0] : undefined);
  return `user:${identity?.identityId ?? foldName(value)}`;
};

const known = (
  { kind, value }: Entity,
  { assets, identities }: TenantState,
  others: readonly Entity[] = [],
): ConcernedEntity => {
  const asset = kind === 'host' || kind === 'ip' ? findAssets(assets, [value]).sure : undefined;
  const identity = PEOPLE.includes(kind) ? findIdentities(identities, [value]).sure : undefined;
  const also = new Map(others.map((one) => [foldName(one.value), one.value]));
  also.delete(foldName(value));
  return {
    kind,
    name: excerpt(value, 80),
    criticality: asset?.criticality ?? identity?.criticality ?? 'UNKNOWN',
    owner: excerpt([asset?.owner, asset?.unit ?? identity?.unit].filter(Boolean).join(', '), 60),
    alsoAs: [...also.values()].slice(0, MOST_NAMES).map((name) => excerpt(name, 80)),
  };
};

/** Names that are registered as they are lead: of the others it is not sure. */
const led = (ones: Entity[], { assets, identities }: TenantState): [Entity, ...Entity[]] => {
  const isSure = ({ kind, value }: Entity): boolean =>
    (kind === 'host' ? findAssets(assets, [value]) : findIdentities(identities, [value])).sure !== undefined;
  const first = ones.find(isSure) ?? ones[0]!;
  return [first, ...ones.filter((one) => one !== first)];
};

/** Hosts and people are told by name. */
export const isNamed = ({ kind }: Pick<Entity, 'kind'>): boolean => kind === 'host' || PEOPLE.includes(kind);

/**
 * The hosts and people of a case, each once by whatever names and kinds, with what the customer told about them; the
 * first addresses of one that names nobody.
 */
export const concernedBy = (entities: Entity[], settings: TenantState): ConcernedEntity[] => {
  const named = rankedEntities(entities).filter(isNamed);
  if (named.length === 0)
    return addressesIn(entities, settings.assets).map((value) => known({ kind: 'ip', value }, settings));
  const things = groupedBy(named, (one) => selfOf(one, settings));
  return things.slice(0, MOST).map((ones) => {
    const [first, ...others] = led(ones, settings);
    return known(first, settings, others);
  });
};
