import type { DeliveryDue, DeliveryRecordAttempt } from '#contracts';
import type { Reaction } from '#libs/model';
import { MINUTE_MS } from '#libs/terms';
import { isCall } from '#libs/terms';

/** A call that nobody makes keeps the next contact waiting no longer. */
const TO_CALL_MINUTES = 15;

/** A call is a task; when nobody took it up in time, that is what came of the attempt. */
export const giveCallUp: Reaction<DeliveryDue, DeliveryRecordAttempt> = {
  name: 'give-call-up',
  hears: ['delivery.due'],
  react: ({ message: { deliveryId, turn, contact, at } }) =>
    isCall(contact.channel)
      ? [
          {
            request: {
              type: 'delivery.record-attempt',
              deliveryId,
              turn,
              outcome: 'NOT_MADE',
              said: `nobody called within ${TO_CALL_MINUTES} minutes`,
            },
            dueAt: at + TO_CALL_MINUTES * MINUTE_MS,
          },
        ]
      : [],
};
