import type { DeliveryDue, DeliveryRecordAttempt, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import { mailText } from '../domain/delivery/words.js';
import type { SendMail } from './mail.js';

/**
 * Makes one attempt. One that broke off is made again under the same message id: mail goes out at least once, and a
 * mailbox that knows the id shows it once.
 */
export const deliver = (send: SendMail): Effect<DeliveryDue, DeliveryRecordAttempt, TenantState> => ({
  name: 'deliver',
  hears: ['delivery.due'],
  perform: async ({ message }, settings) => {
    const { deliveryId, caseId, turn, contact } = message;
    const result = await send({
      ...mailText(message, { name: settings?.name ?? '', prefix: settings?.prefix ?? '' }),
      to: contact.address,
      messageId: `<${deliveryId}.${turn}@vigie>`,
      thread: `<case-${caseId}@vigie>`,
    });
    return [{ request: { type: 'delivery.record-attempt', deliveryId, turn, ...result } }];
  },
});
