import type { ChainQuery, SnapshotOptions, SnapshotOutcome, Store } from '#libs/store';
import { malformed } from '#libs/testing';
import type { SnapshotDocument, SnapshotPieceDocument } from '../src/collections.js';
import { add, counter, until, type Added } from './counter.js';
import type { Stores } from './stores.js';
import { openBehind } from './tamper.js';

const STREAM = 'counter/acme/long';
const NOW = Date.UTC(2026, 10, 2, 10, 0);
const by = { subject: 'dora', side: 'PROVIDER' as const };

/** The counter, telling how many facts it folded. */
const counting = (version = 1) => {
  const told = { folded: 0 };
  const evolve = (sum: number, fact: Added): number => {
    told.folded += 1;
    return counter.evolve(sum, fact);
  };
  return { told, decider: { ...counter, version, evolve } };
};

/** What keeping states shows on a real store: see Snapshots. */
export const keptStates = ({ open, newDatabase, keep, stack }: Stores): void => {
  /** A stream of 12 facts, kept after each five and when its store closed. */
  const lived = async (snapshots: SnapshotOptions = {}) => {
    const database = newDatabase();
    const behind = await openBehind(stack().mongoUrl, database);
    keep(behind);
    const outcomes: SnapshotOutcome[] = [];
    const { facts: every = 5 } = snapshots;
    const onOutcome = (one: SnapshotOutcome): void => void outcomes.push(one);
    const again = (): Promise<Store> => open(database, { snapshots: { ...snapshots, facts: every, onOutcome } });
    const store = await again();
    for (let count = 1; count <= 12; count += 1) {
      await store.execute(counter, [add('long', 1)]);
      // Keeping goes on beside the work: what is said before it has begun would be kept with it.
      if (count % every === 0) await until('a state is kept', () => outcomes.length === count / every);
    }
    await store.close();
    outcomes.length = 0;
    /** Opens the stream anew. @returns its sum, and how many facts were folded for it. */
    const opened = async (version = 1) => {
      const { told, decider } = counting(version);
      const anew = await again();
      // 13 too few is refused, 12 are not.
      const [refused] = await anew.execute(decider, [add('long', -13)]);
      const { folded } = told;
      const [taken] = await anew.execute(decider, [add('long', -12)]);
      await anew.execute(decider, [add('long', 12)]);
      expect([refused?.outcome, taken?.outcome]).toEqual(['REFUSED', 'DONE']);
      await anew.close();
      return folded;
    };
    const check = async (query: ChainQuery = { deciders: [malformed(counter)] }) => {
      const { problems, snapshots: seen } = await (await again()).chain.verify('acme', query);
      return { seen, problems: problems.map(({ problem }) => problem) };
    };
    const documents = behind.collection<SnapshotDocument>('snapshots');
    return { behind, documents, outcomes, again, opened, check };
  };

  it('is read with what follows it alone, after a stop that kept it too', async () => {
    const { opened, outcomes, check } = await lived();
    expect(await opened()).toBe(2);
    expect(outcomes).toEqual(['read']);
    expect(await check()).toEqual({ seen: 1, problems: [] });
  });

  it('of several pieces is read whole, and has those of its last writing alone', async () => {
    const { behind, documents, opened, check } = await lived({ pieceBytes: 2 });
    expect((await documents.findOne({ _id: STREAM }))?.pieces).toBeGreaterThan(1);
    expect(await opened()).toBe(2);
    expect(await check()).toEqual({ seen: 1, problems: [] });
    const stamps = await behind.collection<SnapshotPieceDocument>('snapshot-pieces').distinct('stamp');
    expect(stamps).toHaveLength(1);
  });

  it.each<[what: string, change: object]>([
    ['changed', { bytes: Buffer.from('x') }],
    ['of another version', { version: 9 }],
    ['of a commit that there is not', { version: 99 }],
    ['of another commit', { hash: Buffer.alloc(32) }],
    ['signed by nobody', { signature: 'e30.AA' }],
    ['no snapshot any more', { bytes: 7, hash: null, pieces: 'x' }],
  ])('that is %s is ignored, told and written anew', async (_what, change) => {
    const { documents, opened, outcomes, check } = await lived();
    await documents.updateOne({ _id: STREAM }, { $set: malformed(change) });
    expect((await check()).problems).toEqual([expect.stringMatching(/^the state that was kept of it/)]);
    expect(await opened()).toBe(12);
    expect(outcomes).toEqual(['ignored', 'kept']);
    expect(await check()).toEqual({ seen: 1, problems: [] });
  });

  it('of another release of its decider is ignored, and gives way to one of this', async () => {
    const { documents, opened, outcomes } = await lived({ facts: 10 });
    expect(await opened(2)).toBe(12);
    expect([outcomes, (await documents.findOne({ _id: STREAM }))?.form]).toEqual([
      ['ignored', 'kept'],
      expect.stringMatching(/^2\//),
    ]);
  });

  it('that is not what the facts amount to is found by the check', async () => {
    const { again, check } = await lived();
    const store = await again();
    const wrong = { ...counter, evolve: (sum: number, fact: Added) => counter.evolve(sum, fact) + 1 };
    await store.execute(
      wrong,
      Array.from({ length: 5 }, () => add('long', 1)),
    );
    await store.close();
    expect(await check()).toEqual({
      seen: 1,
      problems: ['the state that was kept of it is not what its facts amount to'],
    });
  });

  it('goes with an erasure, and is not written again by who still has the state', async () => {
    const { documents, again, check } = await lived();
    const [one, other] = [await again(), await again()];
    await other.execute(counter, [add('long', 1), add('else', 1)]);
    await one.facts('acme').erase({ by, reason: 'asked for', now: NOW, backups: [], streams: [STREAM] });
    expect(await documents.countDocuments({})).toBe(0);
    for (let count = 0; count < 6; count += 1)
      await other.execute(counter, [add('long', 1, { now: NOW + 1 }), add('else', 1, { now: NOW + 1 })]);
    await other.close();
    expect(await documents.distinct('streamId')).toEqual(['counter/acme/else']);
    expect(await check()).toEqual({ seen: 1, problems: [] });
  });
};
