import { digestOf, GENESIS, hashOf } from './chain.js';

const digests = [digestOf(Buffer.from('salt'), Buffer.from('one')), digestOf(Buffer.from('salt'), Buffer.from('two'))];
const base = hashOf(GENESIS, 'case/acme/1', 1, digests).toString('hex');
const changed: [string, Buffer][] = [
  ['the commit before', hashOf(Buffer.alloc(32, 1), 'case/acme/1', 1, digests)],
  ['the stream', hashOf(GENESIS, 'case/acme/2', 1, digests)],
  ['the version', hashOf(GENESIS, 'case/acme/1', 2, digests)],
  ['a fact', hashOf(GENESIS, 'case/acme/1', 1, [digests[0]!, digestOf(Buffer.from('salt'), Buffer.from('tow'))])],
  ['a salt', hashOf(GENESIS, 'case/acme/1', 1, [digestOf(Buffer.from('sal'), Buffer.from('one')), digests[1]!])],
  ['the order of facts', hashOf(GENESIS, 'case/acme/1', 1, [...digests].reverse())],
  ['the number of facts', hashOf(GENESIS, 'case/acme/1', 1, digests.slice(0, 1))],
];

it.each(changed)('changes with %s', (_what, hash) => expect(hash.toString('hex')).not.toBe(base));
it('does not change by itself', () => expect(hashOf(GENESIS, 'case/acme/1', 1, digests).toString('hex')).toBe(base));
