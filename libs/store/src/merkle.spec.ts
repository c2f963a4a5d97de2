import { createHash } from 'node:crypto';
import { leafOf, merkleTree, type AnchoredHead } from './merkle.js';

const sha256 = (...parts: Buffer[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const heads = (count: number): AnchoredHead[] =>
  Array.from({ length: count }, (_, index) => ({
    streamId: `case/acme/${index}`,
    version: index + 1,
    hash: sha256(Buffer.from([index])),
  }));
const rootOf = (all: AnchoredHead[]): string => {
  const tree = merkleTree();
  all.forEach(tree.add);
  return tree.root().toString('hex');
};

/** The words of RFC 6962, section 2.1. */
const asWritten = (all: AnchoredHead[]): Buffer => {
  if (all.length === 0) return sha256();
  if (all.length === 1) return leafOf(all[0]!);
  let half = 1;
  while (half * 2 < all.length) half *= 2;
  return sha256(Buffer.from([1]), asWritten(all.slice(0, half)), asWritten(all.slice(half)));
};

it.each(Array.from({ length: 34 }, (_, count) => count))('is the tree of RFC 6962 with %i leaves', (count) =>
  expect(rootOf(heads(count))).toBe(asWritten(heads(count)).toString('hex')),
);
it('changes with a stream, a version, a hash, a missing and an added head', () => {
  const [first, ...rest] = heads(5) as [AnchoredHead, ...AnchoredHead[]];
  const others = [
    heads(5),
    [{ ...first, streamId: 'case/acme/x' }, ...rest],
    [{ ...first, version: 9 }, ...rest],
    [{ ...first, hash: Buffer.alloc(32) }, ...rest],
    rest,
    heads(6),
  ];
  expect(new Set(others.map(rootOf)).size).toBe(others.length);
});
it('takes no node for a leaf', () => {
  const [left, right] = heads(2) as [AnchoredHead, AnchoredHead];
  expect(leafOf({ ...left, hash: leafOf(right) }).toString('hex')).not.toBe(rootOf([left, right]));
});
