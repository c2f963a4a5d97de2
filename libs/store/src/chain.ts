import { createHash } from 'node:crypto';

/** Hash before the first commit of a stream. */
export const GENESIS = Buffer.alloc(32);

/** What the chain keeps of a fact: salted, so that an erased fact cannot be guessed from it. */
export const digestOf = (salt: Buffer, bytes: Buffer): Buffer => createHash('sha256').update(salt).update(bytes).digest();

/** SHA-256(previous hash, stream, version, digest of each fact); the stream's name is length-prefixed. */
export const hashOf = (previous: Buffer, streamId: string, version: number, digests: readonly Buffer[]): Buffer => {
  const stream = Buffer.from(streamId, 'utf8');
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(stream.length, 0);
  numbers.writeBigUInt64BE(BigInt(version), 4);
  const hash = createHash('sha256').update(previous).update(numbers).update(stream);
  for (const digest of digests) hash.update(digest);
  return hash.digest();
};
