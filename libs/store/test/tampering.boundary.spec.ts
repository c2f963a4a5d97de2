import { malformed } from '#libs/testing';
import { DAY_MS } from '#libs/terms';
import { A, ANCHORS, anchoredStores, anchorsOn, at, B, C, check, NOON, put } from './anchored-stores.js';
import { add, counter } from './counter.js';
import { tamperings } from './tamperings.js';

const { lived } = anchoredStores('tampering');

describe('the check of the chain names', () => {
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
