import type { RuleSource } from '../types.js';

const BLOCK = 512;
const decoder = new TextDecoder();

const textIn = (tar: Uint8Array, from: number, length: number): string =>
  decoder.decode(tar.subarray(from, from + length));

/** A field of a header ends at its first zero. */
const fieldIn = (tar: Uint8Array, from: number, length: number): string =>
  textIn(tar, from, length).replace(/\0.*$/s, '');

/**
 * The rule files of an unpacked tar archive, as SigmaHQ releases its rules: its .yml and .yaml, in the archive's order.
 * Names may be short, prefixed, or in the extra entry that GNU and POSIX (PAX) write before.
 */
export const rulesInTar = (tar: Uint8Array): RuleSource[] => {
  const found: RuleSource[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(fieldIn(tar, at + 124, 12).trim() || '0', 8);
    const kind = fieldIn(tar, at + 156, 1);
    const prefix = fieldIn(tar, at + 345, 155);
    const path = longName ?? (prefix ? `${prefix}/` : '') + fieldIn(tar, at, 100);
    const text = (): string => textIn(tar, at + BLOCK, size);
    longName =
      kind === 'L' ? text().replace(/\0.*$/s, '') : kind === 'x' ? /\d+ path=([^\n]*)\n/.exec(text())?.[1] : undefined;
    if ((kind === '0' || kind === '') && /\.ya?ml$/i.test(path)) found.push({ path, text: text() });
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return found;
};
