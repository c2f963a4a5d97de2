import type { Literal } from './tables.js';

const WIDTH = 4;

/** Text that events are full of: four bytes of it are a poor key. */
const COMMON =
  'c:\\windows\\system32\\ \\program files (x86)\\microsoft\\users\\appdata\\local\\temp\\powershell.exe cmd.exe /c rundll32 .dll .com .net http://www.https:// service software currentversion ion ing tion ment -command ';

const gramAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

/**
 * Chooses every literal's run of four, the rarest in it, and files the literal there (the run's first byte highest).
 * For texts of which only every n-th place is looked at (`stride`; literals are longer by three at least), one run for
 * each of n offsets that a literal may have to those places.
 */
export const fileByGram = (found: readonly Literal[], stride = 1): Map<number, { index: number; offset: number }[]> => {
  const weights = weigh(found);
  const filed = new Map<number, { index: number; offset: number }[]>();
  const rarest = (bytes: Uint8Array, first: number): number => {
    const weightAt = (at: number): number => weights.get(gramAt(bytes, at)) ?? 0;
    let best = first;
    for (let at = first + stride; at + WIDTH <= bytes.length; at += stride)
      if (weightAt(at) < weightAt(best)) best = at;
    return best;
  };
  for (const [index, { bytes }] of found.entries()) {
    for (let first = 0; first < stride; first++) {
      const offset = rarest(bytes, first);
      const gram = gramAt(bytes, offset);
      const run = filed.get(gram);
      if (run) run.push({ index, offset });
      else filed.set(gram, [{ index, offset }]);
    }
  }
  return filed;
};

/** How often each run of four stands in the literals, and more for what is common anyway. */
const weigh = (found: readonly Literal[]): Map<number, number> => {
  const weights = new Map<number, number>();
  const count = (bytes: Uint8Array, weight: number): void => {
    for (let at = 0; at + WIDTH <= bytes.length; at++)
      weights.set(gramAt(bytes, at), (weights.get(gramAt(bytes, at)) ?? 0) + weight);
  };
  for (const { bytes } of found) count(bytes, 1);
  count(new TextEncoder().encode(COMMON), 1_000);
  return weights;
};
