import { defineService } from '#libs/service';
import { config } from './config.js';
import { deliveryStream } from './domain/delivery/decider.js';
import { deliver } from './effects/deliver.js';
import { openMail } from './effects/mail.js';
import { tryWhenDue } from './reactions/try-when-due.js';

/** Who is told, how, and whether it worked: nobody counts as told before a server of theirs took the message. */
export const oncall = defineService({
  name: 'oncall',
  config,
  decides: [deliveryStream],
  reacts: [tryWhenDue],
  asks: ['delivery.record-attempt', 'delivery.try'],
  ports: ({ config: own }) => openMail({ url: own.SMTP_URL, from: own.SMTP_FROM }),
  performs: (mail) => [deliver(mail)],
});
