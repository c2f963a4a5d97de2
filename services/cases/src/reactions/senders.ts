import type { DeliveryAttempted, DeliveryDelivered, PostureObserve } from '#contracts';
import type { Asked, Reaction } from '#libs/model';
import { isMail, OPERATOR, type InstallationCheck } from '#libs/terms';
import { postureIdOf } from './posture.js';

const CHECK: InstallationCheck = 'NO_SENDER';
const SUBJECT = 'mail';

/** It is the installation's: what any tenant's delivery showed, without a word of whose that was. */
const observe = (isPresent: boolean, at: number): Asked<PostureObserve> => ({
  tenant: OPERATOR,
  request: {
    type: 'posture.observe',
    postureId: postureIdOf(OPERATOR, CHECK, SUBJECT),
    check: CHECK,
    subject: SUBJECT,
    title: 'No mail can be sent to any customer: SMTP_URL of oncall is not set, or may not be called',
    severity: isPresent ? 'HIGH' : 'UNKNOWN',
    // However many could not be told, it is one thing.
    gapId: '',
    isPresent,
    since: at,
    figures: [],
  },
});

/**
 * That this installation cannot send mail is one posture item of its own, from the first contact that needed it on,
 * until some contact's server has taken a mail. A tenant's webhook is that tenant's to keep, and no sender of ours.
 */
export const followSender: Reaction<DeliveryAttempted | DeliveryDelivered, PostureObserve> = {
  name: 'follow-sender',
  hears: ['delivery.attempted', 'delivery.delivered'],
  react: ({ message }) => {
    if (!isMail(message.channel)) return [];
    if (message.type === 'delivery.delivered') return [observe(false, message.at)];
    return message.outcome === 'NO_SENDER' ? [observe(true, message.at)] : [];
  },
};
