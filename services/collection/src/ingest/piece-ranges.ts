/** Pieces of one message that are looked at; the rest is one dead letter. */
export const MOST_PIECES = 10_000;
/** Ranges of pieces that one letter names. */
const MOST_RANGES = 200;

/** Indexes of pieces, both ends included, ascending; `Infinity` for to the end. */
export type PieceRange = readonly [from: number, to: number];

/** Ascending indexes as ranges. Beyond 200 of them the last one reaches over what lies between. */
export const rangesOf = (indexes: readonly number[]): PieceRange[] => {
  const found: [number, number][] = [];
  for (const index of indexes) {
    const last = found.at(-1);
    if (last && (last[1] === index - 1 || found.length === MOST_RANGES)) last[1] = index;
    else found.push([index, index]);
  }
  return found;
};

/** `20-31,40-` */
export const rangesText = (ranges: readonly PieceRange[]): string =>
  ranges.map(([from, to]) => `${from}-${to === Infinity ? '' : to}`).join();

/** @returns undefined for what is no such text. */
export const rangesIn = (text: string): PieceRange[] | undefined => {
  const found = text
    .split(',')
    .slice(0, MOST_RANGES + 1)
    .map((one) => /^(\d{1,9})-(\d{0,9})$/.exec(one));
  if (found.some((one) => one === null)) return undefined;
  return found.map((one) => [Number(one?.[1]), one?.[2] === '' ? Infinity : Number(one?.[2])] as const);
};
