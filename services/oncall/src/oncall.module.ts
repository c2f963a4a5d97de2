import { defineService } from '#libs/service';
import { config } from './config.js';
import { deliveryStream } from './domain/delivery/decider.js';
import { deliver } from './effects/deliver.js';
import { openSenders } from './effects/senders.js';
import { giveCallUp } from './reactions/give-call-up.js';
import { tryWhenDue } from './reactions/try-when-due.js';

/** Who is told, how, and whether it worked: nobody counts as told before a server of theirs, or they, took it. */
export const oncall = defineService({
  name: 'oncall',
  config,
  decides: [deliveryStream],
  reacts: [tryWhenDue, giveCallUp],
  asks: ['delivery.record-attempt', 'delivery.try'],
  ports: openSenders,
  performs: (senders) => [deliver(senders)],
});
