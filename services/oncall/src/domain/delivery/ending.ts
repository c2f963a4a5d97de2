import type { DeliveryAcknowledge, DeliveryStop } from '#contracts';
import { cut, Refused } from '#libs/model';
import { TEXT, type DeliveryDecision } from './context.js';

/** The customer took note of what reached it: a fact of its own, once. */
export const acknowledge: DeliveryDecision<DeliveryAcknowledge> = (_, state, { actor, now }) => {
  const { requested, isDelivered, isAcknowledged } = state;
  if (!requested) throw new Refused('this delivery was not requested', 'NOT_REQUESTED');
  if (actor.side !== 'CUSTOMER') throw new Refused('only the customer takes note', 'CUSTOMER_ONLY');
  if (!isDelivered) throw new Refused('nobody was reached by this yet', 'NOT_DELIVERED');
  if (isAcknowledged) return [];
  const { deliveryId, caseId, actionId, asking, purpose } = requested;
  return [{ type: 'delivery.acknowledged', deliveryId, caseId, actionId, asking, purpose, by: actor, at: now }];
};

/** What was asked is settled: whoever was not told yet is not told any more. */
export const stop: DeliveryDecision<DeliveryStop> = ({ reason }, { requested, isOver }, { now }) => {
  if (!requested || isOver) return [];
  const { deliveryId, caseId } = requested;
  return [{ type: 'delivery.stopped', deliveryId, caseId, reason: cut(reason, TEXT), at: now }];
};
