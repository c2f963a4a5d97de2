import type { GrantGive } from '#contracts';
import { Refused } from '#libs/model';
import { withPermissions } from '#libs/service';
import { OPERATOR } from '#libs/terms';
import { grantStream } from '../../services/tenants/src/domain/grant/decider.js';
import type { Attack } from './attack.js';

const decides = (tenant: string): boolean => {
  const request: GrantGive = { type: 'grant.give', subject: 'mallory', role: 'LEAD', tenants: [tenant] };
  const known = {
    tenant: OPERATOR,
    actor: { subject: 'ada', side: 'PROVIDER' as const },
    roles: ['OPERATOR_ADMIN@acme'],
    requestId: 'r',
    now: 0,
    settings: undefined,
  };
  try {
    return withPermissions(grantStream).decide(request, grantStream.initial(), known).length > 0;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
};

/** Who administers one tenant gives a grant for another, past the gateway. */
export const grantForAForeignTenant: Attack = {
  name: 'grant-for-a-foreign-tenant',
  line: 1,
  control: () => decides('acme'),
  attack: () => (decides('globex') ? 'succeeded' : 'refused'),
  mutation: {
    file: 'services/tenants/src/domain/grant/decider.ts',
    find: 'if (foreign) throw',
    replace: "if (foreign === '') throw",
  },
};
