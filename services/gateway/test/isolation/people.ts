import type { Role } from '#contracts';
import type { PortalName, PortalUser } from '../portal.js';

/** Whose things others look for. */
export const VICTIM = 'acme';
export const OTHER = 'globex';

export const GRANTS: [string, Role, string[]][] = [
  [`greta-${VICTIM}`, 'LEAD', [VICTIM]],
  [`admin-${VICTIM}`, 'OPERATOR_ADMIN', [VICTIM]],
  [`carol-${VICTIM}`, 'CUSTOMER_ADMIN', [VICTIM]],
  [`greta-${OTHER}`, 'LEAD', [OTHER]],
  [`greta-${OTHER}`, 'HUNTER', [OTHER]],
  [`admin-${OTHER}`, 'OPERATOR_ADMIN', [OTHER]],
  [`carol-${OTHER}`, 'CUSTOMER_ADMIN', [OTHER]],
  // Grants that must not count: a customer of another tenant, and an analyst of a customer's name.
  ['both', 'CUSTOMER_ADMIN', [VICTIM]],
  ['borrowed', 'LEAD', [VICTIM]],
];

/** Those who may see nothing of the victim, by endpoint. */
export const OUTSIDERS: Record<PortalName, [string, PortalUser | undefined][]> = {
  analyst: [
    ["another tenant's analyst", { side: 'PROVIDER', subject: `greta-${OTHER}` }],
    ["another tenant's admin", { side: 'PROVIDER', subject: `admin-${OTHER}` }],
    ['an operator without grants', { side: 'PROVIDER', subject: 'nobody' }],
    ["an operator with a customer's name", { side: 'PROVIDER', subject: 'both' }],
    ['a customer of the tenant itself', { side: 'CUSTOMER', subject: `carol-${VICTIM}`, tenant: VICTIM }],
    ['nobody at all', undefined],
  ],
  customer: [
    ["another tenant's admin", { side: 'CUSTOMER', subject: `carol-${OTHER}`, tenant: OTHER }],
    ["another tenant's user with a grant here", { side: 'CUSTOMER', subject: 'both', tenant: OTHER }],
    ['a user of the tenant without grants', { side: 'CUSTOMER', subject: 'nobody', tenant: VICTIM }],
    ["a user with an analyst's name", { side: 'CUSTOMER', subject: 'borrowed', tenant: VICTIM }],
    ['an analyst of the tenant', { side: 'PROVIDER', subject: `greta-${VICTIM}` }],
    ['nobody at all', undefined],
  ],
};

/** Somebody of the victim who may ask for that root field. */
export const insiderOf = (side: PortalName, path: string): PortalUser => {
  if (side === 'customer') return { side: 'CUSTOMER', subject: `carol-${VICTIM}`, tenant: VICTIM };
  if (/^Mutation\.(import|giveGrant|revokeGrant)/.test(path)) return { side: 'PROVIDER', subject: 'root' };
  const administers =
    /^Mutation\.(onboard|offboard|registerSource|removeSource|setConnector|configurePull|removePull)/.test(path);
  return { side: 'PROVIDER', subject: `${administers ? 'admin' : 'greta'}-${VICTIM}` };
};
