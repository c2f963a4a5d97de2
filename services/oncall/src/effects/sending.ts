import type { DeliveryOutcome } from '#contracts';

/** What the other side made of a message, and its words. */
export interface SendResult {
  outcome: DeliveryOutcome;
  said: string;
}

/** How long the other side may take for one message. */
export const PATIENCE_MS = 20_000;
