import { idOf } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { NOWHERE, shownBy } from '../asking/shown-in.js';
import { nodeId, tenantKey } from '../domain/node-id.js';
import { ALL, sees } from '../domain/scope.js';
import { tenantNode, type Item } from '../graphql/items.js';
import { about } from '../graphql/mutation.js';
import type { Visit } from '../graphql/visit.js';
import { exceptionFields, exceptionsOf } from '../shared/rules.js';
import { exceptions, type ExceptionDoc } from '../views/exceptions.js';
import { RULESET, rulesets, type RulesetDoc } from '../views/rulesets.js';
import { knownTenant } from './known-tenant.js';
import type { AnalystSubject } from './subject.js';

const nothing: RulesetDoc = { imported: null, placeholders: [], loaded: null, switchedOff: [] };

/**
 * What a tenant adds, nothing yet being an answer too; without a tenant what runs for everybody, for operator-admins.
 */
const rulesetOf = async ({ gate }: Visit, named?: string | null) => {
  if (!named) return (await gate.readOperator(rulesets).get(RULESET)) ?? null;
  const tenant = tenantKey(named);
  if (!sees(gate.scope, tenant)) return null;
  const doc = await gate.read(rulesets, [tenant]).get(RULESET);
  return { tenant: tenantNode(tenant), ...(doc ?? nothing) };
};

/** What a tenant adds to the rules that run for everybody, and those rules. */
export const ownRules = {
  queries: {
    ruleset: (_parent, { tenant }, visit) => rulesetOf(visit, tenant),
    exceptions: (_parent, args, visit) => exceptionsOf(visit, args),
  },
  mutations: {
    importRules: ({ tenantId, ...part }, visit) => ({
      // Without a tenant the rules run for everybody. An empty name is a mistake: it shall not mean everybody.
      ...(typeof tenantId === 'string' ? knownTenant(tenantId, visit) : { tenant: OPERATOR, at: [ALL] }),
      request: { type: 'ruleset.import', ...part },
      // Detection loads them later, and `ruleset` shows what it told.
      shownIn: NOWHERE,
    }),
    setPlaceholder: ({ tenantId, name, values }, visit) => ({
      ...knownTenant(tenantId, visit),
      request: { type: 'ruleset.set-placeholder', name, values },
      shownIn: shownBy(rulesets, RULESET),
    }),
    addException: ({ tenantId, input }, visit, requestId) => {
      const exceptionId = idOf('exception', requestId);
      const known = knownTenant(tenantId, visit);
      return {
        ...known,
        request: { type: 'ruleset.add-exception', exceptionId, ...input },
        id: nodeId('Exception', known.tenant, exceptionId),
        shownIn: shownBy(exceptions, exceptionId),
      };
    },
    endException: about('Exception', (exceptionId, { reason }) => ({
      type: 'ruleset.end-exception',
      exceptionId,
      reason,
    })),
  },
  types: { Exception: { ...exceptionFields, tenant: ({ tenant }: Item<ExceptionDoc>) => tenantNode(tenant) } },
} satisfies AnalystSubject;
