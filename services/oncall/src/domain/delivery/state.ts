import type { DeliveryAttempted, DeliveryFact, DeliveryOutcome, DeliveryRequested } from '#contracts';
import { isCall } from '#libs/terms';
import type { Tried } from './next-turn.js';

export interface DeliveryState {
  requested: DeliveryRequested | null;
  /** The attempt that is next, or under way: from 1. */
  turn: number;
  /** Index of the contact of that attempt; -1 for none. */
  contact: number;
  /** How often all were gone through. */
  round: number;
  /** By contact, as far as tried. */
  tried: readonly (Tried | undefined)[];
  isDue: boolean;
  /** Nobody else is tried. */
  isOver: boolean;
  /** Somebody was reached. */
  isDelivered: boolean;
  isAcknowledged: boolean;
}

const ENDS: readonly DeliveryOutcome[] = ['ACCEPTED', 'REFUSED', 'NO_SENDER'];

export const initial = (): DeliveryState => ({
  requested: null,
  turn: 1,
  contact: -1,
  round: 0,
  tried: [],
  isDue: false,
  isOver: false,
  isDelivered: false,
  isAcknowledged: false,
});

/** Fields of an attempt that say how it counts. */
type Attempt = Pick<DeliveryAttempted, 'channel' | 'outcome' | 'at'>;

/**
 * What was tried, with the contact whose turn came to this. Who was reached, who refuses and who cannot be sent
 * anything is not tried again. What never left counts for no attempt; a call that nobody made does: it is no message
 * that waits.
 */
export const triedAfter = (
  { tried }: Pick<DeliveryState, 'tried'>,
  contact: number,
  { channel, outcome, at }: Attempt,
): DeliveryState['tried'] => {
  const { turns, attempts } = tried[contact] ?? { turns: 0, attempts: 0 };
  const counts = outcome !== 'NOT_MADE' || isCall(channel);
  const now: Tried = { turns: turns + 1, attempts: attempts + (counts ? 1 : 0), at, isGone: ENDS.includes(outcome) };
  return Array.from({ length: Math.max(tried.length, contact + 1) }, (_, one) => (one === contact ? now : tried[one]));
};

export const evolve = (state: DeliveryState, fact: DeliveryFact): DeliveryState => {
  switch (fact.type) {
    case 'delivery.requested':
      return { ...state, requested: fact, contact: fact.nextContact };
    case 'delivery.due':
      return { ...state, isDue: true };
    case 'delivery.attempted':
      return {
        ...state,
        turn: fact.turn + 1,
        contact: fact.nextContact,
        round: fact.round,
        isDue: false,
        isOver: state.isOver || fact.nextContact < 0,
        tried: triedAfter(state, state.contact, fact),
      };
    case 'delivery.delivered':
      return { ...state, isDelivered: true };
    case 'delivery.acknowledged':
      // Who takes note has not answered: whoever is to be told still is.
      return { ...state, isAcknowledged: true };
    case 'delivery.failed':
    case 'delivery.stopped':
      return { ...state, isOver: true };
    default:
      return state;
  }
};
