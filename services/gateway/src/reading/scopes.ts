import type { ServiceContext } from '#libs/service';
import { OPERATOR } from '#libs/terms';
import { ALL, scopeOf, type Caller, type CallerScope, type Granted } from '../domain/scope.js';
import { grants, type GrantDoc } from '../views/grants.js';
import type { CallerReads } from './limits.js';

/** Reads what somebody is granted at this moment. */
export type Scopes = (caller: Caller) => Promise<CallerScope>;

/** @param admins subjects of the provider who are operator-admins without a grant: the first administrator. */
export const openScopes =
  ({ reads, settings }: Pick<ServiceContext, 'settings'> & { reads: CallerReads }, admins: readonly string[]): Scopes =>
  async (caller) => {
    const doc = await reads(caller).view<GrantDoc>(grants.name).for(OPERATOR).get(caller.subject);
    const first: Granted =
      caller.side === 'PROVIDER' && admins.includes(caller.subject) ? { OPERATOR_ADMIN: [ALL] } : {};
    return scopeOf(
      caller,
      { ...doc?.roles, ...first },
      settings.all().map(({ tenantId }) => tenantId),
    );
  };
