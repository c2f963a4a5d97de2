import type { DeliveryFact, DeliveryRequest, TenantState } from '#contracts';
import type { Decider } from '#libs/model';
import { answerCall, makeDue, recordAttempt } from './attempt.js';
import type { DeliveryDecision } from './context.js';
import { acknowledge, stop } from './ending.js';
import { send } from './send.js';
import { evolve, initial, type DeliveryState } from './state.js';

type DeliveryDecisions = { [T in DeliveryRequest['type']]: DeliveryDecision<Extract<DeliveryRequest, { type: T }>> };

const decisions: DeliveryDecisions = {
  'delivery.send': send,
  'delivery.try': makeDue,
  'delivery.record-attempt': recordAttempt,
  'delivery.answer-call': answerCall,
  'delivery.acknowledge': acknowledge,
  'delivery.stop': stop,
};

/**
 * One telling, from the request to whoever was reached, or to the last that was not; then the customer's taking note.
 */
export const deliveryStream: Decider<DeliveryState, DeliveryRequest, DeliveryFact, TenantState> = {
  subject: 'delivery',
  version: 4,
  key: ({ deliveryId }) => deliveryId,
  initial,
  evolve,
  decide: (request, state, context) =>
    (decisions[request.type] as DeliveryDecision<DeliveryRequest>)(request, state, context),
};
