import type { TenantState, RulesetRequest } from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { decideAddition, decideEnd } from './exceptions.js';
import { decideImport, decideParking } from './imports.js';
import { decidePlaceholder } from './placeholders.js';
import { evolved, nothingYet, type RulesetChange, type RulesetState } from './state.js';

type RulesetDecision<Request extends RulesetRequest> = (
  request: Request,
  state: RulesetState,
  context: DecisionContext<TenantState>,
) => RulesetChange[];

/** Decides what the operator has none of. */
const ofOneTenant =
  <Request extends RulesetRequest>(decide: RulesetDecision<Request>): RulesetDecision<Request> =>
  (request, state, context) => {
    if (context.tenant === OPERATOR) throw new Refused('exceptions and placeholders are of one tenant', 'NOT_A_TENANT');
    return decide(request, state, context);
  };

const decisions: { [Type in RulesetRequest['type']]: RulesetDecision<Extract<RulesetRequest, { type: Type }>> } = {
  'ruleset.import': decideImport,
  'ruleset.park-import': decideParking,
  'ruleset.add-exception': ofOneTenant(decideAddition),
  'ruleset.end-exception': ofOneTenant(decideEnd),
  'ruleset.set-placeholder': ofOneTenant(decidePlaceholder),
};

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
    return (decisions[request.type] as RulesetDecision<RulesetRequest>)(request, state, context);
  },
};
