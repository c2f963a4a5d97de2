import type { ServiceContext } from '#libs/service';
import { ALL, scopeOf, type Caller, type Granted, type Scope } from '../domain/scope.js';
import type { GrantDoc } from '../views/grants.js';
import { OPERATOR } from './gate.js';
import type { Reads } from './limits.js';

/** Reads what somebody is granted at this moment. */
export type Scopes = (caller: Caller) => Promise<Scope>;

/** @param admins subjects of the provider who are operator-admins without a grant: the first administrator. */
export const openScopes =
  ({ reads, settings }: Pick<ServiceContext, 'settings'> & { reads: Reads }, admins: readonly string[]): Scopes =>
  async (caller) => {
    const doc = await reads(caller).view<GrantDoc>('grants').for(OPERATOR).get(caller.subject);
    const first: Granted =
      caller.side === 'PROVIDER' && admins.includes(caller.subject) ? { OPERATOR_ADMIN: [ALL] } : {};
    return scopeOf(
      caller,
      { ...doc?.roles, ...first },
      settings.all().map(({ tenantId }) => tenantId),
    );
  };
