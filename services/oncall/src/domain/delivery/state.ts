import type { DeliveryFact, DeliveryOutcome, DeliveryRequested } from '#contracts';
import type { Tried } from './next-turn.js';

export interface DeliveryState {
  requested: DeliveryRequested | null;
  /** The attempt that is next, or under way: from 1. */
  turn: number;
  /** Index of the contact of that attempt; -1 for none. */
  contact: number;
  tried: Tried;
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
  tried: { inRound: [], gone: [], round: 0 },
  isDue: false,
  isOver: false,
  isDelivered: false,
  isAcknowledged: false,
});

/**
 * What was tried, with the contact whose attempt came to this: who was reached, who refuses
 * and who cannot be sent anything is not tried again.
 */
export const triedAfter = ({ inRound, gone, round }: Tried, contact: number, outcome: DeliveryOutcome): Tried => ({
  inRound: [...inRound, contact],
  gone: ENDS.includes(outcome) ? [...gone, contact] : gone,
  round,
});

export const evolve = (state: DeliveryState, fact: DeliveryFact): DeliveryState => {
  switch (fact.type) {
    case 'delivery.requested':
      return { ...state, requested: fact, contact: fact.nextContact };
    case 'delivery.due':
      return { ...state, isDue: true };
    case 'delivery.attempted': {
      const after = triedAfter(state.tried, state.contact, fact.outcome);
      return {
        ...state,
        turn: fact.turn + 1,
        contact: fact.nextContact,
        isDue: false,
        isOver: fact.nextContact < 0,
        tried: fact.round > after.round ? { ...after, inRound: [], round: fact.round } : after,
      };
    }
    case 'delivery.delivered':
      return { ...state, isDelivered: true };
    case 'delivery.acknowledged':
      return { ...state, isAcknowledged: true, isOver: true };
    case 'delivery.failed':
    case 'delivery.stopped':
      return { ...state, isOver: true };
    default:
      return state;
  }
};
