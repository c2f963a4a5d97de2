import type { TenantState } from '#contracts';
import { Refused } from '#libs/model';
import type { Item } from '../graphql/items.js';
import type { Visit } from '../graphql/visit.js';
import type { TenantDoc } from '../views/tenants.js';

const A_PAGE_AT_MOST = 5_000;

/**
 * What a tenant that one may see has registered. The view does not show what travels as pages: the gateway's own
 * settings have it.
 * @throws Refused NOT_KNOWN_YET while pages are missing.
 */
export const registeredOf = (
  { tenant, paged, assets, identities }: Item<TenantDoc>,
  { settings }: Visit,
): Pick<TenantState, 'assets' | 'identities'> => {
  const known = paged ? settings.get(tenant) : { assets, identities };
  if (!known) throw new Refused('what is registered is not known at the moment: ask again', 'NOT_KNOWN_YET');
  return known;
};

/** Some of a list. @throws Refused BAD_LIMIT */
const part = <Thing>(things: readonly Thing[], { first, from }: { first: number; from: number }): Thing[] => {
  if (first < 1 || first > A_PAGE_AT_MOST) throw new Refused(`first is 1 to ${A_PAGE_AT_MOST}`, 'BAD_LIMIT');
  if (from < 0) throw new Refused('from is 0 or more', 'BAD_LIMIT');
  return things.slice(from, from + first);
};

/** Fields of Tenant. */
export const registeredFields = {
  assetCount: ({ paged, assets }: Item<TenantDoc>) => paged?.assets ?? assets.length,
  identityCount: ({ paged, identities }: Item<TenantDoc>) => paged?.identities ?? identities.length,
  assets: (item: Item<TenantDoc>, args: { first: number; from: number }, visit: Visit) =>
    part(registeredOf(item, visit).assets, args),
  identities: (item: Item<TenantDoc>, args: { first: number; from: number }, visit: Visit) =>
    part(registeredOf(item, visit).identities, args),
};
