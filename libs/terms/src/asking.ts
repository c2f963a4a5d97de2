import type { DeliveryOutcome } from '#contracts';
import { isReached } from './channels.js';
import { MINUTE_MS } from './durations.js';

/** What each of those who are asked has to answer, before the next is told as well, and before silence counts. */
export const shareMs = (minutes: number, asked: number): number =>
  Math.floor((minutes * MINUTE_MS) / Math.max(1, asked));

/**
 * Whether an attempt got a question to whom it was put. Who writes in a case, or looks into the portal, is there, and
 * was told of no question by that.
 */
export const isToldBy = ({ outcome, channel }: { outcome: DeliveryOutcome; channel: string }): boolean =>
  outcome === 'ACCEPTED' && isReached(channel);
