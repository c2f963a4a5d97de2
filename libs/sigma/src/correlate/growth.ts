import type { Figures, State } from './state.js';

/** What a state holds and what has happened to it: for graphs. */
export type Growth = Figures & { clocks: number; groups: number; held: number; bytes: number };

export const growthOf = ({ clocks, weight, figures }: State): Growth => {
  let groups = 0;
  let held = 0;
  for (const clock of clocks.values()) {
    groups += clock.groups.size;
    held += clock.held.size;
  }
  return { ...figures, clocks: clocks.size, groups, held, bytes: weight };
};
