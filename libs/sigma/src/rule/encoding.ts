import { RuleProblem } from '../errors.js';

/** `cmd` -> 63 00 6d 00 64 00, and its big-endian and marked forms. */
export const utf16 = (bytes: Buffer, form: 'utf16le' | 'utf16be' | 'utf16'): Buffer => {
  const little = Buffer.from(bytes.toString('utf8'), 'utf16le');
  if (form === 'utf16le') return little;
  return form === 'utf16be' ? Buffer.from(little).swap16() : Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
};

export const base64 = (bytes: Buffer): Buffer => Buffer.from(bytes.toString('base64'), 'latin1');

/**
 * The part of the Base64 text that does not depend on its neighbours, for each of the three places a value can start
 * in.
 */
export const base64Offsets = (bytes: Buffer): Buffer[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64');
    const start = [0, 2, 3][shift];
    const cut = [0, 3, 2][(bytes.length + shift) % 3] ?? 0;
    return Buffer.from(text.slice(start, text.length - cut), 'latin1');
  });

/** Bytes back as text: UTF-8 where they are that, else one character a byte. */
export const textOf = (bytes: Buffer): string => {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
};

const WAYS = ['-', '/', '–', '—', '―'];
const MAX_DASHES = 4;

/** In how many ways a dash is written. */
export const DASHES = WAYS.length;
export const dashesIn = (text: string): number => text.match(/[-/–—―]/g)?.length ?? 0;

/** Every way of writing the dashes, needed only when the text is encoded afterwards. */
export const dashPermutations = (text: string): string[] => {
  const parts = text.split(/[-/–—―]/);
  if (parts.length - 1 > MAX_DASHES)
    throw new RuleProblem(`'windash' before an encoding allows at most ${MAX_DASHES} dashes in a value`);
  return parts
    .slice(1)
    .reduce((texts, part) => texts.flatMap((start) => WAYS.map((dash) => start + dash + part)), [parts[0] ?? '']);
};
