import type { DeliveryFact, DeliveryRequested } from '#contracts';
import type { Tried } from './next-turn.js';

export interface DeliveryState {
  requested: DeliveryRequested | null;
  /** The attempt that is next, or under way: from 1. */
  turn: number;
  /** Index of the contact of that attempt; -1 for none. */
  contact: number;
  tried: Tried;
  isDue: boolean;
  isOver: boolean;
  /** What the last attempt came to. */
  said: string;
}

export const initial = (): DeliveryState => ({
  requested: null,
  turn: 1,
  contact: -1,
  tried: { inRound: [], gone: [], round: 0 },
  isDue: false,
  isOver: false,
  said: '',
});

/** What was tried, with the contact whose attempt came to this. */
export const triedAfter = ({ inRound, gone, round }: Tried, contact: number, refused: boolean): Tried => ({
  inRound: [...inRound, contact],
  gone: refused ? [...gone, contact] : gone,
  round,
});

export const evolve = (state: DeliveryState, fact: DeliveryFact): DeliveryState => {
  switch (fact.type) {
    case 'delivery.requested':
      return { ...state, requested: fact, contact: fact.nextContact };
    case 'delivery.due':
      return { ...state, isDue: true };
    case 'delivery.attempted': {
      const after = triedAfter(state.tried, state.contact, fact.outcome === 'REFUSED');
      return {
        ...state,
        turn: fact.turn + 1,
        contact: fact.nextContact,
        isDue: false,
        said: fact.said,
        tried: fact.round > after.round ? { ...after, inRound: [], round: fact.round } : after,
      };
    }
    case 'delivery.delivered':
    case 'delivery.failed':
      return { ...state, isOver: true };
    default:
      return state;
  }
};
