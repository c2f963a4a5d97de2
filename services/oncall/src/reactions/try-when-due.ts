import type { DeliveryAttempted, DeliveryRequested, DeliveryTry } from '#contracts';
import type { Reaction } from '#libs/model';

/** The next attempt is a timer: it outlives a restart, and fires once. */
export const tryWhenDue: Reaction<DeliveryRequested | DeliveryAttempted, DeliveryTry> = {
  name: 'try-when-due',
  hears: ['delivery.requested', 'delivery.attempted'],
  react: ({ message }) => {
    const { deliveryId, nextAt } = message;
    if (typeof nextAt !== 'number') return [];
    const turn = message.type === 'delivery.attempted' ? message.turn + 1 : 1;
    return [{ request: { type: 'delivery.try', deliveryId, turn }, dueAt: nextAt }];
  },
};
