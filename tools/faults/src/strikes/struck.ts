import type { DisturbedPlace } from '../place/place.js';
import type { PlannedFault } from '../plan/kinds.js';

/** What became of a fault. */
export interface Struck {
  /** A sentence, where there is more to say than that it struck. */
  said?: string;
  /** Of a broker that was away: see untilConsuming. */
  consumingAfter?: { seconds: number; standing: string[] };
  /** What is wrong already, before the oracle has looked. */
  wrong?: string;
  /** It could not strike here, and why. */
  skipped?: string;
}

/** Strikes, and resolves when what was taken away is back. */
export type Strike = (place: DisturbedPlace, fault: PlannedFault) => Promise<Struck>;
