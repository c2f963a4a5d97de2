import { tenantKey } from '../domain/node-id.js';
import type { MutationRequest } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';

/** A tenant as a mutation names it; one that is not there is heard of only by those who might ask. */
export const knownTenant = (
  named: string,
  { settings }: Visit,
): Required<Pick<MutationRequest, 'tenant' | 'isThere'>> => {
  const tenant = tenantKey(named);
  return { tenant, isThere: settings.get(tenant) !== undefined };
};
