import type { ChainQuery, ChainReport, OutFact, SignedAnchor, Store } from '#libs/store';
import { malformed } from '#libs/testing';
import type { ErasureBegun } from '#contracts';
import { OPERATOR, DAY_MS } from '#libs/terms';
import { digestOf, personalDigestOf } from '../src/chain.js';
import type { Commit } from '../src/collections.js';
import { add, codec, counter } from './counter.js';
import { storesOf } from './stores.js';
import { openBehind, type Behind } from './tamper.js';

const NOON = Date.UTC(2026, 10, 2, 12);

const { open, newDatabase, keep, stack } = storesOf('chain');

interface AnchoredStore extends Behind {
  store: Store;
  anchors: SignedAnchor[];
  /** As Kafka would carry it. */
  sent: OutFact[];
  /** Opens the same database again: a service that starts anew. */
  again(): Promise<Store>;
}

const anchorsOn = async (store: Store, now: number): Promise<SignedAnchor[]> => {
  const made: SignedAnchor[] = [];
  for await (const anchor of store.chain.makeAnchors(now)) made.push(anchor);
  return made;
};
const put = async (store: Store, at: number, ...ids: string[]): Promise<void> => {
  for (const id of ids) await store.execute(counter, [add(id, 1, { now: at })]);
};

/** Streams a (5 commits), b (2), c (1, made on the second day) of acme and one of umbra; anchors of two days. */
const lived = async (): Promise<AnchoredStore> => {
  const database = newDatabase();
  const store = await open(database);
  await put(store, NOON, 'a', 'a', 'a', 'b', 'b');
  await store.execute(counter, [add('a', 1, { now: NOON, tenant: 'umbra' })]);
  const anchors = await anchorsOn(store, NOON + 1);
  await put(store, NOON + DAY_MS, 'a', 'a', 'c');
  anchors.push(...(await anchorsOn(store, NOON + DAY_MS + 1)));
  const sent: OutFact[] = [];
  const relay = store.startRelay(async (facts) => void sent.push(...facts), { watch: false });
  await relay.drain();
  await relay.stop();
  const raw = await openBehind(stack().mongoUrl, database);
  keep(raw);
  return { ...raw, store, anchors, sent, again: () => open(database) };
};
const check = ({ store }: Pick<AnchoredStore, 'store'>, query?: ChainQuery): Promise<ChainReport> =>
  store.chain.verify('acme', query);
const at = (stream: string, version: number): string => `counter/acme/${stream}@${version}`;

const [A, B, C, ANCHORS] = ['counter/acme/a', 'counter/acme/b', 'counter/acme/c', 'anchor/acme/counters.counter'];
const set =
  (id: string, change: object) =>
  ({ commits }: AnchoredStore) =>
    commits.updateOne({ _id: id }, { $set: change });

it('holds as it was written; one anchor a day of each tenant and subject, whoever makes it and how often', async () => {
  const place = await lived();
  expect(
    place.anchors.map(({ tenant, subject, day, number, streams, commits }) => [
      tenant,
      subject,
      day,
      number,
      streams,
      commits,
    ]),
  ).toEqual([
    ['acme', 'counter', '2026-11-02', 1, 2, 5],
    ['umbra', 'counter', '2026-11-02', 1, 1, 1],
    ['acme', 'counter', '2026-11-03', 2, 3, 8],
    ['umbra', 'counter', '2026-11-03', 2, 1, 1],
  ]);
  const replicas = await Promise.all([place.again(), place.again(), place.again()]);
  const day = NOON + 2 * DAY_MS;
  const made = (await Promise.all(replicas.map((store) => anchorsOn(store, day)))).flat();
  expect(made.map(({ tenant }) => tenant).sort()).toEqual(['acme', 'umbra']);
  expect(await anchorsOn(place.store, day + 1_000)).toEqual([]);
  expect(await check(place)).toEqual({ problems: [], more: 0, streams: 4, commits: 11, anchors: 3, lastAnchorAt: day });
  expect(
    await place.store.chain.compare(
      'acme',
      place.sent.filter(({ envelope }) => envelope.tenant === 'acme'),
    ),
  ).toEqual([]);
});

it('covers missed days with one anchor, and a new subject on the day it comes', async () => {
  const place = await lived();
  await put(place.store, NOON + 9 * DAY_MS, 'd');
  const day = NOON + 9 * DAY_MS + 1;
  await anchorsOn(place.store, day);
  const hunts = { ...counter, subject: 'hunt' };
  await place.store.execute(hunts, [add('h', 1, { now: day })]);
  expect(
    (await anchorsOn(place.store, day + 60_000)).map(({ subject, number, streams }) => [subject, number, streams]),
  ).toEqual([['hunt', 1, 1]]);
  expect((await check(place)).problems).toEqual([]);
});

it('reads commits of the older form as they are, and goes on from them in the newer', async () => {
  const place = await lived();
  await place.anchored.deleteMany({});
  await place.commits.deleteMany({ streamId: ANCHORS });
  const older = ({ requests }: Commit): Partial<Commit> => ({
    chain: undefined,
    requests: requests.map(({ personalSalt: _salt, personalDigest: _digest, ...rest }) => rest),
  });
  await place.rewrite('counter/acme/a', 1, older);
  const released = await place.again();
  expect((await check({ store: released })).problems).toEqual([]);
  await put(released, NOON + DAY_MS + 2, 'a');
  await anchorsOn(released, NOON + DAY_MS + 3);
  expect((await place.commits.find({ streamId: A }).sort({ version: 1 }).toArray()).map(({ chain }) => chain)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    2,
  ]);
  expect((await check({ store: released })).problems).toEqual([]);
  await released
    .facts('acme')
    .erase({ by: { subject: 'dora', side: 'PROVIDER' }, reason: 'asked for', now: NOON + DAY_MS + 4, backups: [] });
  expect((await check({ store: released })).problems).toEqual([]);
  await set(at('a', 3), { 'facts.0.digest': Buffer.alloc(32) })(place);
  expect((await check({ store: released })).problems).toEqual([
    { streamId: A, version: 3, problem: expect.stringContaining('does not fit the chain') },
  ]);
});

type Tampering = [
  what: string,
  wrong: (place: AnchoredStore) => Promise<unknown>,
  streamId: string,
  version: number,
  problem: RegExp,
];
const blank = Buffer.alloc(0);

const tamperings: Tampering[] = [
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

describe('names', () => {
  it.each(tamperings)('%s', async (_what, wrong, streamId, version, problem) => {
    const place = await lived();
    await wrong(place);
    const { problems } = await check({ store: await place.again() });
    expect(problems).toContainEqual({ streamId, version, problem: expect.stringMatching(problem) });
  });

  it('a tail cut between two anchors, hidden by commits made since', async () => {
    const place = await lived();
    await place.commits.deleteMany({ streamId: A, version: { $gt: 3 } });
    const later = await place.again();
    await put(later, NOON + 2 * DAY_MS, 'a', 'a', 'a', 'a');
    await anchorsOn(later, NOON + 2 * DAY_MS + 1);
    expect((await check({ store: later })).problems).toContainEqual({
      streamId: A,
      version: 5,
      problem: expect.stringMatching(/an anchor of 2026-11-03 saw another commit there/),
    });
  });

  it('anchors that were deleted, where somebody else has them, and where commits went on for more than a day', async () => {
    const place = await lived();
    const witnesses = place.anchors
      .filter(({ tenant }) => tenant === 'acme')
      .map(({ signature }) => ({ from: 'Kafka', signature }));
    await place.commits.deleteOne({ _id: `${ANCHORS}@2` });
    const later = await place.again();
    expect((await check({ store: later })).problems).toEqual([]);
    expect((await check({ store: later }, { witnesses })).problems).toEqual([
      { streamId: ANCHORS, version: 2, problem: 'the anchor of 2026-11-03 is gone from the store; Kafka has it' },
    ]);
    await put(later, NOON + 4 * DAY_MS, 'a');
    expect((await check({ store: later })).problems).toEqual([
      {
        streamId: ANCHORS,
        version: 2,
        problem: expect.stringMatching(/no anchor after that of 2026-11-02, and commits as late as 2026-11-06/),
      },
    ]);
  });

  it('anchors that were all deleted, in whose place the service has made new ones since', async () => {
    const place = await lived();
    await put(place.store, NOON + 3 * DAY_MS, 'b');
    await put(place.store, NOON + 4 * DAY_MS, 'a');
    await place.commits.deleteMany({ streamId: ANCHORS });
    await place.anchored.deleteMany({ tenant: malformed('acme') });
    await place.rewrite(A, 2, ({ facts }) => ({ facts: facts.map((fact) => ({ ...fact, time: 1 })) }));
    const later = await place.again();
    await anchorsOn(later, NOON + 4 * DAY_MS + 1);
    expect((await check({ store: later })).problems).toEqual([
      {
        streamId: ANCHORS,
        version: 1,
        problem: expect.stringMatching(
          /there is no anchor before that of 2026-11-06, and commits from 2026-11-02 on: anchors are missing/,
        ),
      },
    ]);
  });

  it('an anchor of its own making beside the one that was sent, and one that nobody signed', async () => {
    const place = await lived();
    await place.commits.deleteOne({ _id: `${ANCHORS}@2` });
    const other = await place.again();
    await anchorsOn(other, NOON + DAY_MS + 5_000);
    const sent = place.anchors.find(({ tenant, number }) => tenant === 'acme' && number === 2)?.signature ?? '';
    const { problems } = await check(
      { store: other },
      {
        witnesses: [
          { from: 'anchors.jsonl', signature: sent },
          { from: 'anchors.jsonl', signature: 'a.b' },
        ],
      },
    );
    expect(problems.map(({ problem }) => problem)).toEqual([
      'anchors.jsonl has another anchor number 2, of 2026-11-03',
      'anchors.jsonl has an anchor that does not bear the signature of counters',
    ]);
  });

  it('what was made and deleted between two anchors, and what was cut off since the last, where Kafka carries it', async () => {
    const place = await lived();
    await put(place.store, NOON + DAY_MS + 2_000, 'brief');
    await place.store.execute(counter, [add('a', -99, { now: NOON + DAY_MS + 2_000, requestId: 'refused' })]);
    const relay = place.store.startRelay(async (facts) => void place.sent.push(...facts), { watch: false });
    await relay.drain();
    await relay.stop();
    const acme = place.sent.filter(({ envelope }) => envelope.tenant === 'acme');
    expect(await place.store.chain.compare('acme', acme)).toEqual([]);
    await place.commits.deleteMany({ streamId: { $in: ['counter/acme/brief', 'answer/acme/refused'] } });
    await place.rewrite('counter/acme/c', 1, ({ facts }) => ({ facts: facts.map((fact) => ({ ...fact, time: 1 })) }));
    expect((await check(place)).problems.map(({ streamId }) => streamId)).toEqual([C]);
    const problems = await place.store.chain.compare('acme', acme);
    expect([...new Set(problems.map(({ streamId, version }) => `${streamId}@${version}`))].sort()).toEqual([
      'answer/acme/refused@1',
      'counter/acme/brief@1',
      'counter/acme/c@1',
    ]);
    await place.commits.updateOne({ _id: at('b', 1) }, { $set: malformed({ facts: [null], requests: null }) });
    expect(await place.store.chain.compare('acme', acme)).toContainEqual({
      streamId: B,
      version: 1,
      problem: expect.stringMatching(/it is no commit any more/),
    });
  });
});

describe('an erasure', () => {
  const by = { subject: 'dora', side: 'PROVIDER' as const };
  const backups = [{ name: 'nightly', endsOn: '2026-12-02' }];

  it('is written down, signed and outlives the tenant; anchors hold and what it does not speak of is still found', async () => {
    const place = await lived();
    expect(await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups, streams: [A] })).toBe(
      3,
    );
    const { facts } = await place.store.facts(OPERATOR).stream('erasure/_operator/acme');
    expect(facts.map(({ message }) => message)).toEqual([
      expect.objectContaining({
        type: 'erasure.begun',
        tenantId: 'acme',
        streams: [A],
        subjects: [],
        until: NOON,
        by,
        reason: 'asked for',
        backups,
      }),
      expect.objectContaining({ type: 'erasure.ended', tenantId: 'acme', commits: 3 }),
    ]);
    expect((await check(place)).problems).toEqual([]);
    expect((await place.store.chain.verify(OPERATOR)).problems).toEqual([]);
    await set(at('b', 1), { 'facts.0.bytes': blank, 'facts.0.salt': blank })(place);
    await set(at('a', 5), { 'facts.0.bytes': blank, 'facts.0.salt': blank })(place);
    expect((await check(place)).problems.map(({ streamId, version }) => `${streamId}@${version}`)).toEqual([
      at('a', 5),
      at('b', 1),
    ]);
  });

  it('whose facts are no facts any more allows nothing, and does not end the check', async () => {
    const place = await lived();
    await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups });
    await place.commits.updateOne(
      { _id: 'erasure/_operator/acme@1' },
      { $set: malformed({ facts: [null, { type: 'erasure.begun', bytes: 'x' }] }) },
    );
    await place.commits.updateOne({ _id: 'erasure/_operator/acme@2' }, { $set: malformed({ facts: 7 }) });
    expect(
      (await check(place)).problems.filter(({ problem }) => problem.includes('no erasure speaks of it')).length,
    ).toBeGreaterThan(4);
    expect((await place.store.chain.verify(OPERATOR)).problems.map(({ version }) => version)).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it('is not believed when the service did not sign it', async () => {
    const place = await lived();
    await place.store.facts('acme').erase({ by, reason: 'asked for', now: NOON, backups });
    const begun: ErasureBegun = {
      type: 'erasure.begun',
      tenantId: 'acme',
      subjects: [],
      streams: [],
      until: NOON * 2,
      by,
      reason: '',
      backups: [],
      at: 1,
      signature: 'e30.AA',
    };
    const forged = codec.encode(begun);
    await place.commits.updateOne({ _id: 'erasure/_operator/acme@1' }, { $set: { 'facts.0.bytes': forged } });
    expect(
      (await check(place)).problems.filter(({ problem }) => problem.includes('no erasure speaks of it')).length,
    ).toBeGreaterThan(4);
  });
});
