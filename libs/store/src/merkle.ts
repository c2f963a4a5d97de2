import { createHash } from 'node:crypto';
import { canonical } from './canonical.js';

/** End of a stream: its last commit's version and hash. */
export interface AnchoredHead {
  streamId: string;
  version: number;
  hash: Buffer;
}

const nodeOf = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.from([1]))
    .update(left)
    .update(right)
    .digest();

/** SHA-256(00, canonical list [stream, version, hash]). */
export const leafOf = ({ streamId, version, hash }: AnchoredHead): Buffer =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(canonical([streamId, version, hash]))
    .digest();

/**
 * A Merkle tree as in RFC 6962, section 2.1, over heads given in the order of their streams' UTF-8 bytes: a leaf is
 * SHA-256(00, content), a node SHA-256(01, left, right), n leaves part at the largest power of two below n, and without
 * a leaf the root is SHA-256 of nothing. It keeps one hash a level, however many leaves come.
 */
export const merkleTree = (): { add(head: AnchoredHead): void; root(): Buffer } => {
  // Roots of full subtrees, the largest first, each with its number of leaves.
  const full: { leaves: number; hash: Buffer }[] = [];
  return {
    add: (head) => {
      let last = { leaves: 1, hash: leafOf(head) };
      while (full.at(-1)?.leaves === last.leaves) {
        const left = full.pop() as typeof last;
        last = { leaves: left.leaves * 2, hash: nodeOf(left.hash, last.hash) };
      }
      full.push(last);
    },
    root: () =>
      full.reduceRight<Buffer | undefined>((right, { hash }) => (right ? nodeOf(hash, right) : hash), undefined) ??
      createHash('sha256').digest(),
  };
};
