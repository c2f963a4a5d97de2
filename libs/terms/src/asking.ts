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

/** What became of a question whose time to be answered is over. */
export type Unanswered = 'NOBODY_TOLD' | 'NOBODY_ANSWERED' | 'NOTHING_HEARD';

/** Silence is of those who were told. @param told how many were; null or absent where that is not known. */
export const unansweredBy = (told: number | null | undefined): Unanswered => {
  if (told === 0) return 'NOBODY_TOLD';
  return typeof told === 'number' ? 'NOBODY_ANSWERED' : 'NOTHING_HEARD';
};
