import type { ActionFact, TenantState } from '#contracts';
import { Refused, type Actor, type DecisionContext } from '#libs/model';
import type { ActionLife } from './state.js';

export type ActionContext = DecisionContext<TenantState>;

/** One request about an action: what it says, the action so far, the context of the decision. */
export type ActionDecision<Request> = (request: Request, life: ActionLife, context: ActionContext) => ActionFact[];

/** @throws Refused when the tenant has no policy yet: nothing is done for a tenant nobody took on. */
export const settingsOf = ({ settings }: ActionContext): TenantState => {
  if (!settings?.active) throw new Refused('the tenant is not in service', 'NO_TENANT');
  return settings;
};

/** @throws Refused with the sentence unless somebody of that side asks. */
export const onlySide = (side: Actor['side'], { actor }: ActionContext, sentence: string): void => {
  if (actor.side !== side) throw new Refused(sentence, 'WRONG_SIDE');
};
