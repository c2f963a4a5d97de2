/**
 * A file of sections, as bytes: what it is, its version, a digest of all that follows, whom it is for (a key), then the
 * sections.
 * Whatever is damaged, cut off, of another version or for another key is as good as nothing.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

const MAGIC = 'vigie-sigma\n';
const DIGEST = 32;
const HEAD = MAGIC.length + 4;

const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** @param key 32 bytes */
export const pack = (version: number, key: Uint8Array, sections: readonly Uint8Array[]): Uint8Array => {
  const lengths = Buffer.alloc(4 + 4 * sections.length);
  lengths.writeUInt32LE(sections.length, 0);
  for (const [index, { length }] of sections.entries()) lengths.writeUInt32LE(length, 4 + 4 * index);
  const content = Buffer.concat([key, lengths, ...sections]);
  const head = Buffer.alloc(HEAD, MAGIC, 'latin1');
  head.writeUInt32LE(version, MAGIC.length);
  return Buffer.concat([head, digestOf(content), content]);
};

/** The sections, as parts of `bytes`; undefined when they cannot be trusted. */
export const unpack = (version: number, key: Uint8Array, bytes: Uint8Array): Buffer[] | undefined => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (
    file.length < HEAD + DIGEST + DIGEST + 4 ||
    file.toString('latin1', 0, MAGIC.length) !== MAGIC ||
    file.readUInt32LE(MAGIC.length) !== version
  )
    return undefined;
  const content = file.subarray(HEAD + DIGEST);
  if (
    !timingSafeEqual(digestOf(content), file.subarray(HEAD, HEAD + DIGEST)) ||
    !content.subarray(0, DIGEST).equals(key)
  )
    return undefined;
  const count = content.readUInt32LE(DIGEST);
  let at = DIGEST + 4 + 4 * count;
  return [...Array(count).keys()].map((index) => {
    const length = content.readUInt32LE(DIGEST + 4 + 4 * index);
    at += length;
    return content.subarray(at - length, at);
  });
};
