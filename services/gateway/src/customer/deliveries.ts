import { aboutDelivery } from '../shared/deliveries.js';
import type { DeliveryAttempt, DeliveryDoc } from '../views/deliveries.js';
import type { CustomerSubject } from './subject.js';

/** Whom of the customer the provider told. What went wrong on the way is the provider's to know, and who called. */
export const telling = {
  mutations: {
    acknowledgeDelivery: (args) => aboutDelivery(args, { type: 'delivery.acknowledge', deliveryId: args.deliveryId }),
  },
  types: {
    Delivery: { id: ({ deliveryId }: DeliveryDoc) => deliveryId },
    DeliveryAttempt: {
      said: ({ outcome, by, said }: DeliveryAttempt) => (outcome === 'ACCEPTED' && !by ? said : null),
    },
  },
} satisfies CustomerSubject;
