import { CONTAINS, ENDSWITH, EQUALS, STARTSWITH, type Atom } from '../atoms.js';
import { isShort } from '../field-index.js';
import { fileByGram } from '../grams.js';
import { keywordWords } from '../keyword-filter.js';
import type { Literal } from '../literal-table.js';
import { keyOfShort } from '../shorts.js';
import { writeEdges } from './edges.js';
import type { Image } from './image.js';
import { MULTIPLIER } from './layout.js';
import { writeBits, writeLiteral, writeTable } from './tables.js';

/** The same hash as wasm/indexes.ts has. */
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
  const longest = Math.max(...found.map(({ bytes }) => bytes.length));
  const lengths = new Uint8Array(longest + 1);
  for (const { bytes } of found) lengths[bytes.length] = 1;
  const runs = gathered(found.map((literal) => ({ key: hashOf(literal.bytes), value: writeLiteral(image, literal, 0) })));
  const head = [longest, image.putBytes(lengths), ...writeTable(image, runs)];
  return image.putWords(head);
};

/** Hashes in a bitmap of runs of four bytes: eight kilobytes a field. */
const GRAM_BITS = 16;

const swapped = (gram: number): number => ((gram >>> 24) | ((gram >>> 8) & 0xff00) | ((gram << 8) & 0xff0000) | (gram << 24)) | 0;

const writeGrams = (image: Image, found: readonly Literal[]): number => {
  const { filed, offsets } = fileByGram(found);
  const runs = new Map([...filed].map(([gram, indexes]) => [swapped(gram), indexes.map((index) => writeLiteral(image, found[index]!, offsets[index]!))]));
  const head = [writeBits(image, runs.keys(), GRAM_BITS), ...writeTable(image, runs)];
  return image.putWords(head);
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
    equals: written(({ kind }) => kind === EQUALS, (literals) => writeEquals(image, literals)),
    starts: written(({ kind }) => kind === STARTSWITH, (literals) => writeEdges(image, literals, 1)),
    ends: written(({ kind }) => kind === ENDSWITH, (literals) => writeEdges(image, literals, -1)),
    grams: written((atom) => atom.kind === CONTAINS && !isShort(atom), (literals) => writeGrams(image, literals)),
    shorts: written(isShort, (literals) => writeShorts(image, literals)),
  };
};

const KEYWORD_BITS = 13;
const WIDTH = 4;

/** The filter for the keywords of these atoms; 0 when they cannot be told from bytes. */
export const writeKeywords = (image: Image, atoms: readonly Atom[]): number => {
  const parts = keywordWords(atoms);
  if (!parts) return 0;
  const stride = Math.min(...parts.map(({ length }) => length)) - WIDTH + 1;
  const runs = new Map<number, number[]>();
  for (const bytes of parts) {
    const literal = writeLiteral(image, { atom: 0, bytes }, 0);
    for (let offset = 0; offset < stride; offset++) {
      const word = (bytes[offset]! | (bytes[offset + 1]! << 8) | (bytes[offset + 2]! << 16) | (bytes[offset + 3]! << 24)) | 0x20202020;
      runs.set(word, [...(runs.get(word) ?? []), literal, offset]);
    }
  }
  const head = [writeBits(image, runs.keys(), KEYWORD_BITS), stride, ...writeTable(image, runs)];
  return image.putWords(head);
};
