import type { Role } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { shownBy } from '../asking/shown-in.js';
import { tenantKey } from '../domain/node-id.js';
import { ALL, may, type Granted } from '../domain/scope.js';
import type { AnalystMutationArgs } from '../generated/analyst.js';
import type { MutationMaker } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { grants } from '../views/grants.js';
import type { AnalystSubject } from './subject.js';

const grantsOf = (subject: string, granted: Granted, shown: (tenant: string) => boolean = () => true) =>
  (Object.entries(granted) as [Role, string[]][])
    .map(([role, tenants]) => ({ subject, role, tenants: tenants.filter(shown) }))
    .filter(({ tenants }) => tenants.length > 0);

/** Grants of those tenants that the caller administers. */
const grantsAdministered = async ({ gate }: Visit, subject?: string | null) => {
  const administers = (tenant: string): boolean => may(gate.scope, ['OPERATOR_ADMIN'], tenant);
  const view = gate.readOperator(grants);
  const docs = subject ? [await view.get(subject)] : (await view.find({ limit: 500 })).items.map(({ doc }) => doc);
  return docs.flatMap((doc) => (doc ? grantsOf(doc.subject, doc.roles, administers) : []));
};

/** Grants are given for tenants one administers oneself. */
const grant =
  (type: 'grant.give' | 'grant.revoke'): MutationMaker<AnalystMutationArgs['giveGrant' | 'revokeGrant']> =>
  ({ subject, role, tenants: named }) => {
    const tenants = named.map(tenantKey);
    return {
      tenant: OPERATOR,
      at: tenants.length ? tenants : [ALL],
      request: { type, subject, role, tenants },
      shownIn: shownBy(grants, subject),
    };
  };

/** Who one is, and who may do what. */
export const access = {
  queries: {
    me: (_parent, _args, { gate: { scope } }) => ({
      ...scope.caller,
      grants: grantsOf(scope.caller.subject, scope.granted),
    }),
    grants: (_parent, { subject }, visit) => grantsAdministered(visit, subject),
  },
  mutations: { giveGrant: grant('grant.give'), revokeGrant: grant('grant.revoke') },
} satisfies AnalystSubject;
