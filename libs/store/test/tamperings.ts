import { malformed } from '#libs/testing';
import { digestOf, personalDigestOf } from '../src/chain.js';
import { A, ANCHORS, at, B, C, NOON, set, type AnchoredStore } from './anchored-stores.js';
import { codec } from './counter.js';

/** What somebody does who has the database, and what the check says of it, where. */
export type Tampering = [
  what: string,
  wrong: (place: AnchoredStore) => Promise<unknown>,
  streamId: string,
  version: number,
  problem: RegExp,
];
const blank = Buffer.alloc(0);

export const tamperings: Tampering[] = [
  [
    'a tail that was cut off',
    ({ commits }) => commits.deleteMany({ streamId: A, version: { $gt: 3 } }),
    A,
    5,
    /saw version 5 of it; it ends with version 3 now: its tail was cut off/,
  ],
  [
    'a tail that was cut off and its head forgotten',
    async ({ commits, anchored }) => {
      await commits.deleteMany({ streamId: A, version: { $gt: 3 } });
      await anchored.deleteMany({ streamId: A, version: { $gt: 3 } });
    },
    ANCHORS,
    2,
    /anchor of 2026-11-03 is signed over 3 streams with 8 commits; the heads kept for it are 3 streams with 6 commits/,
  ],
  [
    'a stream that was deleted',
    ({ commits }) => commits.deleteMany({ streamId: B }),
    B,
    2,
    /an anchor of 2026-11-02 saw version 2 of it; nothing of it is there any more: the stream was deleted/,
  ],
  [
    'a deleted stream whose head was forgotten',
    async ({ commits, anchored }) => {
      await commits.deleteMany({ streamId: B });
      await anchored.deleteMany({ streamId: B });
    },
    ANCHORS,
    1,
    /signed over 2 streams with 5 commits; the heads kept for it are 1 streams with 3 commits/,
  ],
  [
    'who asked',
    set(at('a', 2), { 'requests.0.actor.subject': 'eve' }),
    A,
    2,
    /^who asked for request .* \(counter.add\), or what it was, was changed/,
  ],
  [
    'who asked, with its salt and digest',
    ({ commits }) => {
      const actor = { subject: 'eve', side: 'PROVIDER' };
      const personalDigest = personalDigestOf(Buffer.alloc(16), { actor });
      return commits.updateOne(
        { _id: at('a', 2) },
        {
          $set: {
            'requests.0.actor': actor,
            'requests.0.personalSalt': Buffer.alloc(16),
            'requests.0.personalDigest': personalDigest,
          },
        },
      );
    },
    A,
    2,
    /does not fit the chain/,
  ],
  ['what was asked', set(at('a', 2), { 'requests.0.digest': Buffer.alloc(32) }), A, 2, /or what it was, was changed/],
  ['the time of a fact', set(at('a', 2), { 'facts.0.time': NOON - 1 }), A, 2, /does not fit the chain/],
  ['the time of a commit', set(at('a', 2), { at: NOON - 1 }), A, 2, /order of all commits/],
  ['the place in the order', set(at('a', 2), { order: '000/x' }), A, 2, /order of all commits/],
  ['the type of a fact', set(at('a', 2), { 'facts.0.type': 'counter.emptied' }), A, 2, /does not fit the chain/],
  [
    'bytes',
    set(at('a', 2), { 'facts.0.bytes': codec.encode({ type: 'counter.added' }) }),
    A,
    2,
    /the bytes of fact 0 .* were changed/,
  ],
  ['a salt', set(at('a', 2), { 'facts.0.salt': Buffer.alloc(16) }), A, 2, /the bytes of fact 0 .* were changed/],
  ['the id of a fact', set(at('a', 2), { 'facts.0.id': 'x' }), A, 2, /is not in its place/],
  ['a correlation', set(at('a', 2), { 'requests.0.correlationId': 'x' }), A, 2, /does not fit the chain/],
  [
    'a role that nobody signed',
    set(at('a', 2), { 'requests.0.roles': ['OPERATOR_ADMIN'] }),
    A,
    2,
    /does not fit the chain/,
  ],
  [
    'a fact that was blanked',
    set(at('a', 2), { 'facts.0.bytes': blank, 'facts.0.salt': blank }),
    A,
    2,
    /^fact 0 .* was blanked, and no erasure speaks of it/,
  ],
  [
    'who asked, blanked',
    set(at('a', 2), { 'requests.0.actor': { subject: '', side: 'SYSTEM' }, 'requests.0.personalSalt': blank }),
    A,
    2,
    /^who asked .* was blanked, and no erasure/,
  ],
  [
    'facts that changed places',
    async ({ commits }) => {
      const commit = await commits.findOne({ _id: at('a', 2) });
      return commits.updateOne({ _id: at('a', 2) }, { $set: { facts: [...(commit?.facts ?? [])].reverse() } });
    },
    A,
    2,
    /order of facts/,
  ],
  [
    'a stream rewritten with right hashes',
    (place) =>
      place.rewrite('counter/acme/a', 2, ({ facts }) => ({
        facts: facts.map((fact) => ({ ...fact, time: fact.time + 1 })),
      })),
    A,
    3,
    /an anchor of 2026-11-02 saw another commit there: the stream was rewritten/,
  ],
  [
    'a stream rewritten into the older form',
    (place) =>
      place.rewrite('counter/acme/a', 1, ({ requests }) => ({
        chain: undefined,
        requests: requests.map((one) => ({ ...one, actor: { subject: 'eve', side: 'PROVIDER' } })),
      })),
    A,
    3,
    /saw another commit there/,
  ],
  [
    'a commit put back into the older form',
    (place) => place.rewrite('counter/acme/a', 4, () => ({ chain: undefined })),
    A,
    4,
    /the older form, behind one of the newer/,
  ],
  [
    'an anchor that was edited',
    set(`${ANCHORS}@2`, { 'facts.0.bytes': codec.encode(malformed({ type: 'anchor.made', signature: 'x.y' })) }),
    ANCHORS,
    2,
    /the bytes of fact 0|does not bear the signature/,
  ],
  [
    'an anchor signed for something else',
    async ({ commits, anchors }) => {
      const first = anchors.find(({ tenant, number }) => tenant === 'acme' && number === 1);
      const bytes = codec.encode({ ...first, type: 'anchor.made' });
      return commits.updateOne(
        { _id: `${ANCHORS}@2` },
        {
          $set: {
            'facts.0.bytes': bytes,
            'facts.0.digest': digestOf(Buffer.alloc(16), bytes),
            'facts.0.salt': Buffer.alloc(16),
          },
        },
      );
    },
    ANCHORS,
    2,
    /is number 1 .*: it was moved/,
  ],
  [
    'an anchor taken out of the middle',
    ({ commits }) => commits.deleteOne({ _id: `${ANCHORS}@1` }),
    ANCHORS,
    2,
    /commits 1 to 1 are missing/,
  ],
  [
    'a commit of another tenant',
    ({ commits }) => commits.updateOne({ streamId: 'counter/umbra/a' }, { $set: { tenant: malformed('acme') } }),
    'counter/umbra/a',
    1,
    /it was moved there from another/,
  ],
  [
    'a stream rewritten with right hashes, and the heads noted of it renamed',
    async ({ rewrite, anchored }) => {
      await rewrite(A, 2, ({ facts }) => ({ facts: facts.map((fact) => ({ ...fact, time: fact.time + 1 })) }));
      const heads = await anchored.find({ streamId: A }).toArray();
      await anchored.deleteMany({ streamId: A });
      await anchored.insertMany(heads.map((head) => ({ ...head, _id: `elsewhere/${head.version}` })));
    },
    A,
    3,
    /an anchor of 2026-11-02 saw another commit there: the stream was rewritten/,
  ],
  [
    'a commit that is none',
    ({ commits }) => commits.updateOne({ _id: at('a', 2) }, { $set: malformed({ facts: 5, requests: 'x', at: null }) }),
    A,
    2,
    /it is no commit any more/,
  ],
  [
    'a head that is none',
    ({ anchored }) => anchored.updateOne({ _id: at('b', 2) }, { $set: malformed({ hash: 'x', run: 7 }) }),
    B,
    2,
    /what was noted of it for an anchor is no head any more/,
  ],
  [
    'a head of no stream',
    ({ anchored }) => anchored.insertOne(malformed({ _id: 'x', tenant: 'acme', streamId: 7, version: null })),
    '7',
    0,
    /what was noted of it for an anchor is no head any more/,
  ],
  [
    'an anchor without facts',
    ({ commits }) => commits.updateOne({ _id: `${ANCHORS}@2` }, { $set: malformed({ facts: null }) }),
    ANCHORS,
    2,
    /it is no commit any more/,
  ],
  [
    'a commit held back',
    set(at('a', 2), { heldBack: true }),
    A,
    2,
    /it is held back from Kafka, and its stream is not parked/,
  ],
  [
    'a commit moved to another tenant',
    set(at('c', 1), { tenant: 'umbra' }),
    C,
    1,
    /saw version 1 of it; nothing of it is there/,
  ],
];
