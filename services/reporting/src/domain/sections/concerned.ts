import type { Entity, TenantState } from '#contracts';
import { findAssets, findIdentities, rankedEntities } from '#libs/terms';
import type { ConcernedEntity } from '../report/data.js';
import { addressesIn } from './addresses.js';
import { excerpt } from './context.js';

/** As many of each kind as a reader takes in; the portal has all. */
const MOST = 8;
const PEOPLE = ['user', 'cloud-principal', 'mailbox'];

const known = ({ kind, value }: Entity, { assets, identities }: TenantState): ConcernedEntity => {
  const asset = kind === 'host' || kind === 'ip' ? findAssets(assets, [value]).sure : undefined;
  const identity = PEOPLE.includes(kind) ? findIdentities(identities, [value]).sure : undefined;
  return {
    kind,
    name: excerpt(value, 80),
    criticality: asset?.criticality ?? identity?.criticality ?? 'UNKNOWN',
    owner: excerpt([asset?.owner, asset?.unit ?? identity?.unit].filter(Boolean).join(', '), 60),
  };
};

/**
 * The hosts and people of a case, each once, with what the customer told about them; the first addresses of one that
 * names nobody.
 */
export const concernedBy = (entities: Entity[], settings: TenantState): ConcernedEntity[] => {
  const named = rankedEntities(entities).filter(({ kind }) => kind === 'host' || PEOPLE.includes(kind));
  if (named.length === 0)
    return addressesIn(entities, settings.assets).map((value) => known({ kind: 'ip', value }, settings));
  return [...new Map(named.map((one) => [`${one.kind}:${one.value}`, one])).values()]
    .slice(0, MOST)
    .map((one) => known(one, settings));
};
