import { Refused, type Decider, type Typed } from '#libs/model';
import { mayAsk, OPERATOR } from '#libs/terms';

/**
 * A decider that is asked only by those who may: the roles that were signed are held against what `libs/terms` says of
 * the type, so that no service can forget to. What else a decider wants to know of its actor it checks itself.
 */
export const withPermissions = <State, Request extends Typed, Fact extends Typed, Settings>(
  decider: Decider<State, Request, Fact, Settings>,
): Decider<State, Request, Fact, Settings> => ({
  ...decider,
  decide: (request, state, context) => {
    const {
      actor: { side },
      roles,
      tenant,
    } = context;
    if (!mayAsk(request.type, side, roles, tenant === OPERATOR ? 'OPERATOR' : 'TENANT'))
      throw new Refused('these roles do not permit this', 'FORBIDDEN');
    return decider.decide(request, state, context);
  },
});
