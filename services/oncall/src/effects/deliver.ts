import type { DeliveryDue, DeliveryRecordAttempt, TenantState } from '#contracts';
import { idOf, type Effect } from '#libs/model';
import { isCall } from '#libs/terms';
import { hindrance } from '../domain/delivery/hindrance.js';
import { mailText } from '../domain/delivery/words.js';
import { HOOK_BODIES } from './hook-bodies.js';
import type { Senders } from './senders.js';
import type { SendResult } from './sending.js';

/** Message id that all mail of one thing refers to: of its case, or of the advice that comes from none. */
const threadOf = ({ deliveryId, caseId, recommendationId }: DeliveryDue): string => {
  if (caseId) return `<case-${caseId}@vigie>`;
  return recommendationId ? `<recommendation-${recommendationId}@vigie>` : `<${deliveryId}@vigie>`;
};

const send = (due: DeliveryDue, settings: TenantState | undefined, { mail, hook }: Senders): Promise<SendResult> => {
  const { deliveryId, turn, contact } = due;
  const text = mailText(due, {
    name: settings?.name ?? '',
    prefix: settings?.prefix ?? '',
    timeZone: settings?.timeZone ?? 'UTC',
  });
  const body = HOOK_BODIES[contact.channel];
  if (!body)
    return mail({
      ...text,
      to: contact.address,
      messageId: `<${deliveryId}.${turn}@vigie>`,
      thread: threadOf(due),
    });
  const tenant = settings?.tenantId ?? '';
  const id = idOf('message', deliveryId, contact.channel, contact.address);
  return hook({ tenant, ref: contact.address, id, body: body(due, text, tenant) });
};

/**
 * Makes one attempt, unless the contact may not be told now: a service that was down hears late what was due. A call is
 * made by a person. One that broke off is made again under the same id: messages go out at least once, and who knows
 * the id shows it once.
 */
export const deliver = (senders: Senders): Effect<DeliveryDue, DeliveryRecordAttempt, TenantState> => ({
  name: 'deliver',
  hears: ['delivery.due'],
  perform: async ({ message }, settings, { mayAct }) => {
    if (isCall(message.contact.channel)) return [];
    const { deliveryId, turn, contact, at } = message;
    const why = hindrance(contact, settings, { now: senders.now(), dueAt: at });
    if (why === undefined) await mayAct?.();
    const result: SendResult =
      why === undefined ? await send(message, settings, senders) : { outcome: 'NOT_MADE', said: why };
    return [{ request: { type: 'delivery.record-attempt', deliveryId, turn, ...result } }];
  },
});
