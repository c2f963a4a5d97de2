import type { Contact, DeliveryFact, TenantState } from '#contracts';
import type { DecisionContext } from '#libs/model';
import type { DeliveryState } from './state.js';

export type DeliveryContext = DecisionContext<TenantState>;

/** One request about a delivery: what it says, the delivery so far, the context of the decision. */
export type DeliveryDecision<Request> = (
  request: Request,
  state: DeliveryState,
  context: DeliveryContext,
) => DeliveryFact[];

/** Characters of a title, and of what the other side said. */
export const TEXT = 500;

/** How facts name a contact. */
export const nameOf = ({ subject, name }: Contact): string => subject || name;
