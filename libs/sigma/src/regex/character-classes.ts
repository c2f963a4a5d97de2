/** Characters as ranges of UTF-16 code units, as JavaScript's expressions see them. */
export type Range = readonly [from: number, to: number];

const MAX_UNIT = 0xffff;
const DIGITS: readonly Range[] = [[0x30, 0x39]];
const WORDS: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACES: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
  [0xfeff, 0xfeff],
];

const complement = (ranges: readonly Range[]): Range[] => {
  const result: Range[] = [];
  let from = 0;
  for (const [start, end] of ranges) {
    if (start > from) result.push([from, start - 1]);
    from = end + 1;
  }
  return from <= MAX_UNIT ? [...result, [from, MAX_UNIT]] : result;
};

export const SHORTHANDS: Readonly<Record<string, readonly Range[]>> = {
  d: DIGITS,
  w: WORDS,
  s: SPACES,
  D: complement(DIGITS),
  W: complement(WORDS),
  S: complement(SPACES),
};

/** The upper case JavaScript compares with under the flag `i`. */
const canonical = (unit: number): number => {
  const upper = String.fromCharCode(unit).toUpperCase();
  const first = upper.charCodeAt(0);
  return upper.length !== 1 || (unit >= 128 && first < 128) ? unit : first;
};

/** Characters beyond ASCII that have another case, each with all of its cases. */
let partners: ReadonlyMap<number, readonly number[]> | undefined;

const allPartners = (): ReadonlyMap<number, readonly number[]> => {
  if (partners) return partners;
  const same = new Map<number, number[]>();
  for (let one = 0; one <= MAX_UNIT; one++) {
    const list = same.get(canonical(one));
    if (list) list.push(one);
    else same.set(canonical(one), [one]);
  }
  partners = new Map(
    [...same.values()]
      .filter((list) => list.length > 1)
      .flatMap((list) => list.filter((one) => one >= 128).map((one) => [one, list])),
  );
  return partners;
};

/**
 * The ranges with every other case of their characters. Looks at the few that have one, however wide the ranges are.
 */
export const inAnyCase = (ranges: readonly Range[]): Range[] => {
  const others = new Set<number>();
  const add = (unit: number): void => {
    if (!isIn(unit, ranges)) others.add(unit);
  };
  for (let unit = 0; unit < 128; unit++) if (isIn(unit, ranges)) asciiPartner(unit).forEach(add);
  for (const [unit, list] of allPartners()) if (isIn(unit, ranges)) list.forEach(add);
  return [...ranges, ...[...others].map((unit): Range => [unit, unit])];
};

const isIn = (unit: number, ranges: readonly Range[]): boolean =>
  ranges.some(([from, to]) => from <= unit && unit <= to);

const asciiPartner = (unit: number): readonly number[] =>
  /[A-Za-z]/.test(String.fromCharCode(unit)) ? [unit ^ 0x20] : [];
