/** Numbers from 0 up to 1, always the same for a seed (mulberry32). */
export type Roll = () => number;

export const rollsOf = (seed: number): Roll => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export const drawn = <T>(roll: Roll, from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;

export const shuffled = <T>(roll: Roll, from: readonly T[]): T[] => {
  const deck = [...from];
  for (let last = deck.length - 1; last > 0; last -= 1) {
    const other = Math.floor(roll() * (last + 1));
    [deck[last], deck[other]] = [deck[other] as T, deck[last] as T];
  }
  return deck;
};
