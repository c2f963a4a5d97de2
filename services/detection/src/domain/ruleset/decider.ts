import type { TenantState, RulesetRequest } from '#contracts';
import { OPERATOR, Refused, type Decider } from '#libs/model';
import { decideAddition, decideEnd } from './exceptions.js';
import { decideImport, decideParking } from './imports.js';
import { decidePlaceholder } from './placeholders.js';
import { evolved, nothingYet, type RulesetChange, type RulesetState } from './state.js';

export { OPERATOR };

/**
 * Which rules run. The operator's stream holds the import that runs for everybody beside the built-in rules; a tenant's
 * own holds its import, its exceptions from any rule, and its values for placeholders.
 */
export const rulesetStream: Decider<RulesetState, RulesetRequest, RulesetChange, TenantState> = {
  subject: 'ruleset',
  version: 3,
  key: (_request, tenant) => (tenant === OPERATOR ? 'global' : 'own'),
  initial: nothingYet,
  evolve: evolved,
  decide: (request, state, context) => {
    if (context.actor.side === 'CUSTOMER') throw new Refused('rules are changed by the provider', 'NOT_PERMITTED');
    if (request.type === 'ruleset.import') return decideImport(request, state, context);
    if (request.type === 'ruleset.park-import') return decideParking(request, state, context);
    if (context.tenant === OPERATOR) throw new Refused('exceptions and placeholders are of one tenant', 'NOT_A_TENANT');
    switch (request.type) {
      case 'ruleset.add-exception':
        return decideAddition(request, state, context);
      case 'ruleset.end-exception':
        return decideEnd(request, state, context);
      case 'ruleset.set-placeholder':
        return decidePlaceholder(request, state, context);
    }
  },
};
