import { CONTAINS, ENDSWITH, EQUALS, isShort, STARTSWITH, type Atom } from '../formulas/atoms.js';
import { fileByGram } from './gram-choice.js';
import { keywordWords } from './keyword-words.js';
import { writeEdges } from './edge-trees.js';
import type { Image } from './image.js';
import { MULTIPLIER } from './layout.js';
import { writeBits, writeFlags, writeLiteral, writeTable, type Literal } from './tables.js';

/** The same hash as assembly/indexes.ts has. */
const hashOf = (bytes: Uint8Array): number => {
  let hash = bytes.length;
  for (let i = 0; i < bytes.length; i += 4) {
    const word = bytes[i]! | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
    hash = Math.imul(hash ^ word, MULTIPLIER);
    hash ^= hash >>> 15;
  }
  return hash;
};

const gathered = (items: readonly { key: number; value: number }[]): Map<number, number[]> => {
  const runs = new Map<number, number[]>();
  for (const { key, value } of items) {
    const run = runs.get(key);
    if (run) run.push(value);
    else runs.set(key, [value]);
  }
  return runs;
};

const writeEquals = (image: Image, found: readonly Literal[]): number => {
  const longest = found.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
  const lengths = new Uint8Array(longest + 1);
  for (const { bytes } of found) lengths[bytes.length] = 1;
  const runs = gathered(found.map((literal) => ({ key: hashOf(literal.bytes), value: writeLiteral(image, literal) })));
  const head = [longest, image.putBytes(lengths), ...writeTable(image, runs)];
  return image.putWords(head);
};

const swapped = (gram: number): number =>
  (gram >>> 24) | ((gram >>> 8) & 0xff00) | ((gram << 8) & 0xff0000) | (gram << 24) | 0;

/**
 * A few literals shorter than this are each looked for by itself, so that of the text only every n-th place must be
 * looked at for the others.
 */
const SHORTEST_STRIDDEN = 7;
const FEW = 8;
const LONGEST_STRIDE = 8;
const MOST_PLACES = 6_000;
/** So many hashes still leave most bytes of a small map unset. */
const MOST_IN_BYTES = 400;

const strideFor = (found: readonly Literal[]): number => {
  const longest = found.reduce((least, { bytes }) => Math.min(least, bytes.length - 3), LONGEST_STRIDE);
  return Math.max(1, Math.min(longest, Math.floor(MOST_PLACES / found.length)));
};

const writeGrams = (image: Image, found: readonly Literal[]): number => {
  const short = found.filter(({ bytes }) => bytes.length < SHORTEST_STRIDDEN);
  const few = short.length <= FEW ? short : [];
  const others = few.length === 0 ? found : found.filter((one) => !few.includes(one));
  const list = few.length === 0 ? 0 : image.putList(few.map((literal) => writeLiteral(image, literal)));
  if (others.length === 0) return image.putWords([0, 0, 0, 1, list, 0]);
  const stride = strideFor(others);
  const literals = others.map((literal) => writeLiteral(image, literal));
  const runs = new Map(
    [...fileByGram(others, stride)].map(([gram, places]) => [
      swapped(gram),
      places.flatMap(({ index, offset }) => [literals[index]!, offset]),
    ]),
  );
  const isSmall = runs.size <= MOST_IN_BYTES;
  const map = isSmall ? writeFlags(image, runs.keys()) : writeBits(image, runs.keys());
  return image.putWords([map, ...writeTable(image, runs), stride, list, Number(isSmall)]);
};

/** A bit for every two bytes that literals of two or three bytes begin with. */
const pairsOf = (found: readonly Literal[]): Uint8Array => {
  const pairs = new Uint8Array(1 << 13);
  for (const { bytes } of found) {
    const pair = bytes[0]! | (bytes[1]! << 8);
    pairs[pair >>> 3]! |= 1 << (pair & 7);
  }
  return pairs;
};

/** A literal of one to three bytes as a key: its length, then its bytes. */
const keyOfShort = (bytes: Uint8Array): number =>
  (bytes.length << 24) | bytes.reduce((packed, byte) => (packed << 8) | byte, 0);

const writeShorts = (image: Image, found: readonly Literal[]): number => {
  const singles = found.filter(({ bytes }) => bytes.length === 1);
  const longer = found.filter(({ bytes }) => bytes.length > 1);
  const list = image.putWords([singles.length, ...singles.flatMap(({ atom, bytes }) => [bytes[0]!, atom])]);
  const table = writeTable(image, new Map(longer.map(({ atom, bytes }) => [keyOfShort(bytes), [atom]])));
  return image.putWords([list, longer.length === 0 ? 0 : image.putBytes(pairsOf(longer)), ...table]);
};

export type Indexes = { equals: number; starts: number; ends: number; grams: number; shorts: number };

/** Writes what rules ask about the text of one field; 0 for kinds of which there is nothing. */
export const writeIndexes = (image: Image, atoms: readonly Atom[], pointerOf: (atom: Atom) => number): Indexes => {
  const written = (wanted: (atom: Atom) => boolean, write: (literals: Literal[]) => number): number => {
    const literals = atoms.filter(wanted).map((atom) => ({ atom: pointerOf(atom), bytes: atom.literal }));
    return literals.length === 0 ? 0 : write(literals);
  };
  return {
    equals: written(
      ({ kind }) => kind === EQUALS,
      (literals) => writeEquals(image, literals),
    ),
    starts: written(
      ({ kind }) => kind === STARTSWITH,
      (literals) => writeEdges(image, literals, 1),
    ),
    ends: written(
      ({ kind }) => kind === ENDSWITH,
      (literals) => writeEdges(image, literals, -1),
    ),
    grams: written(
      (atom) => atom.kind === CONTAINS && !isShort(atom),
      (literals) => writeGrams(image, literals),
    ),
    shorts: written(isShort, (literals) => writeShorts(image, literals)),
  };
};

const WIDTH = 4;

/**
 * Of the places in a keyword that are every n-th one, that whose four bytes are the rarest in events: words of letters
 * are common.
 */
const rarest = (bytes: Uint8Array, first: number, stride: number): number => {
  const commonness = (at: number): number =>
    /:/.test(textAt(bytes, at)) ? 0 : /[^a-z]/.test(textAt(bytes, at)) ? 1 : 2;
  let best = first;
  for (let at = first + stride; at + WIDTH <= bytes.length; at += stride)
    if (commonness(at) < commonness(best)) best = at;
  return best;
};

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + WIDTH));

/** The filter for the keywords of these atoms; 0 when they cannot be told from bytes. */
export const writeKeywords = (image: Image, atoms: readonly Atom[]): number => {
  const parts = keywordWords(atoms);
  if (!parts) return 0;
  const stride = parts.reduce((least, { length }) => Math.min(least, length), Infinity) - WIDTH + 1;
  const runs = new Map<number, number[]>();
  for (const bytes of parts) {
    const literal = writeLiteral(image, { atom: 0, bytes });
    for (let first = 0; first < stride; first++) {
      const offset = rarest(bytes, first, stride);
      const word =
        bytes[offset]! |
        (bytes[offset + 1]! << 8) |
        (bytes[offset + 2]! << 16) |
        (bytes[offset + 3]! << 24) |
        0x20202020;
      runs.set(word, [...(runs.get(word) ?? []), literal, offset]);
    }
  }
  const head = [writeFlags(image, runs.keys()), stride, ...writeTable(image, runs)];
  return image.putWords(head);
};
