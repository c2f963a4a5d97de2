/** Repeatable chance: the same seed, the same choices. */
export type MutationChance = {
  /** An integer from 0 to `bound` (excluded). */
  below(bound: number): number;
  /** True about once in `times`. */
  once(times: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(from: readonly T[]): T;
};

/** Marsaglia's xorshift with 32 bits: nothing here needs more. */
export const chanceOf = (seed: number): MutationChance => {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const below = (bound: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
  return { below, once: (times) => below(times) === 0, pick: (from) => from[below(from.length)]! };
};
