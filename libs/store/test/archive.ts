import { appendFile, copyFile, mkdtemp, readdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { LetGo, Store } from '#libs/store';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import type { ArchiveDocument, ArchivedFile } from '../src/archive/documents.js';
import { claim, enlist } from '../src/archive/manifest.js';
import { connect } from '../src/collections.js';
import { scopeOf } from '../src/scope.js';
import { A, anchorsOn, at, check, NOON, put, type AnchoredStore } from './anchored-stores.js';
import { add, counter, placesOf, quiet } from './counter.js';
import type { Stores } from './stores.js';

const NOW = NOON + 120 * DAY_MS;
const KEEP = { commitsMs: 60 * DAY_MS };
/** When what was archived at `NOW` is taken from the store. */
const LATER = NOW + DAY_MS;

const pass = async (store: Store, now: number, stopping?: () => boolean): Promise<LetGo[]> => {
  const told: LetGo[] = [];
  for await (const one of store.retention.apply(now, KEEP, stopping)) told.push(one);
  return told;
};
const versionsIn = async ({ commits }: AnchoredStore, streamId = A): Promise<number[]> =>
  (await commits.find({ streamId }).sort({ version: 1 }).toArray()).map(({ version }) => version);
const problemsOf = async (store: Store): Promise<string[]> =>
  (await check({ store })).problems.map(({ streamId, version, problem }) => `${streamId}@${version} ${problem}`);
const drained = async (store: Store): Promise<string[]> => {
  const sent: string[] = [];
  const relay = store.startRelay(async (facts) => void sent.push(...placesOf(facts)), { watch: false });
  await relay.drain();
  await relay.stop();
  return sent;
};

interface ArchivedStore extends AnchoredStore {
  folder: string;
  files(): Promise<string[]>;
  /** Opens the same database, with the archive unless told otherwise. */
  replica(archive?: string | undefined): Promise<Store>;
}

/** What becomes of old commits, in stores of whoever calls. */
export const commitsAreArchived = ({
  open,
  lived,
  stack,
  keep,
}: Stores & { lived(): Promise<AnchoredStore> }): void => {
  /** Stream a of acme has six commits, of which a state is kept; five of the month before last. All are sent. */
  const old = async (): Promise<ArchivedStore> => {
    const place = await lived();
    const folder = await mkdtemp(join(tmpdir(), 'vigie-archive-'));
    const database = place.commits.dbName;
    const before = await open(database, { snapshots: { facts: 1 }, archive: folder });
    await put(before, NOON + 65 * DAY_MS, 'a');
    await anchorsOn(before, NOON + 66 * DAY_MS);
    await drained(before);
    await before.close();
    const replica = (archive: string | undefined): Promise<Store> => open(database, { archive });
    const files = async (): Promise<string[]> =>
      (await readdir(folder, { recursive: true })).filter((name) => /\.(parquet|tmp)$/.test(name)).sort();
    const store = await replica(folder);
    return { ...place, store, folder, files, replica: (...[archive = folder]) => replica(archive) };
  };
  const archived = async (): Promise<ArchivedStore> => {
    const place = await old();
    await pass(place.store, NOW);
    await pass(place.store, LATER);
    return place;
  };

  it('old commits below a kept state are archived, and taken from the store a day later, once by two replicas', async () => {
    const place = await old();
    const two = async (now: number): Promise<LetGo[]> =>
      (await Promise.all([pass(place.store, now), pass(await place.replica(), now)])).flat();
    expect(await two(NOW)).toEqual([{ tenant: 'acme', answers: 0, archived: 4, taken: 0 }]);
    expect(await versionsIn(place)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await two(NOW + 1)).toEqual([]);
    expect(await two(LATER)).toEqual([{ tenant: 'acme', answers: 0, archived: 0, taken: 4 }]);
    expect(await versionsIn(place)).toEqual([1, 6]);
    expect(await two(LATER + DAY_MS)).toEqual([]);
    expect(await place.files()).toHaveLength(1);
    const told = [];
    for await (const one of place.store.retention.archived()) told.push(one);
    expect(told).toEqual([{ tenant: 'acme', month: '2026-11', files: 1, commits: 4, bytes: expect.any(Number) }]);
  });

  it('store and archive are read as one: the chain, its anchors, a stream, everything in order, and what is decided', async () => {
    const place = await archived();
    expect(await check(place)).toMatchObject({ problems: [], archived: 1 });
    expect((await check(place)).commits).toBeGreaterThanOrEqual(9);
    const { version, facts } = await place.store.facts('acme').stream(A);
    expect([version, facts.map(({ envelope }) => envelope.sequence?.version)]).toEqual([6, [1, 2, 3, 4, 5, 6]]);
    const all = async (query = {}): Promise<(number | undefined)[]> => {
      const found = [];
      for await (const { envelope } of place.store.facts('acme').all({ types: ['counter.added'], ...query }))
        if (envelope.subject === A) found.push(envelope.sequence?.version);
      return found;
    };
    expect(await all()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await all({ from: NOON + DAY_MS, to: NOON + 2 * DAY_MS })).toEqual([4, 5]);
    const replayed = [];
    for await (const fact of place.store.replay('acme', ['counter'])) replayed.push(fact);
    expect(placesOf(replayed).filter((one) => one.startsWith(A))).toEqual(
      [1, 2, 3, 4, 5, 6].map((one) => `${A}@${one}.0`),
    );
    expect(
      await place.store.chain.compare(
        'acme',
        place.sent.filter(({ envelope }) => envelope.tenant === 'acme'),
      ),
    ).toEqual([]);
    // Without the kept state, as after a release that reads it otherwise.
    await place.collection('snapshots').deleteMany({});
    const fresh = await place.replica();
    const [answer] = await fresh.execute(counter, [add('a', -6, { now: LATER })]);
    expect(answer).toMatchObject({ outcome: 'DONE', version: 7 });
    expect((await fresh.execute(counter, [add('a', -1, { now: LATER })]))[0]).toMatchObject({ outcome: 'REFUSED' });
    await anchorsOn(fresh, LATER + 1);
    expect(await problemsOf(fresh)).toEqual([]);
  });

  it('a pass may end between any two steps: nothing is lost, doubled or left', async () => {
    const place = await old();
    const folder = join(place.folder, 'tenant=acme/month=2026-11');
    await pass(place.store, NOW);
    const [listed = ''] = await place.files();
    // Written and not noted; half-written.
    await copyFile(join(place.folder, listed), join(folder, 'commits-0-x.parquet'));
    await writeFile(join(folder, 'commits-0-y.parquet.tmp'), 'half');
    // Some are taken, and the others are not.
    await place.commits.deleteMany({ _id: { $in: [at('a', 2), at('a', 4)] } });
    expect(await problemsOf(place.store)).toEqual([]);
    expect(await pass(await place.replica(), LATER)).toEqual([{ tenant: 'acme', answers: 0, archived: 0, taken: 2 }]);
    expect(await place.files()).toEqual([listed]);
    expect(await problemsOf(place.store)).toEqual([]);
  });

  it('a pass that is cut short before each of its steps is made up for by the next', async () => {
    const place = await old();
    for (let steps = 1; steps <= 12; steps += 1) {
      let left = steps;
      const cut = (): boolean => {
        if ((left -= 1) < 0) throw new Error('killed');
        return false;
      };
      await pass(place.store, NOW + 5 * steps * HOUR_MS, cut).catch(() => undefined);
      expect(await problemsOf(place.store)).toEqual([]);
    }
    await pass(place.store, NOW + 9 * DAY_MS);
    await pass(place.store, NOW + 10 * DAY_MS);
    expect(await versionsIn(place)).toEqual([1, 6]);
    expect(await place.files()).toHaveLength(1);
  });

  it('whoever took the list over last writes on it, and nobody of before', async () => {
    const place = await old();
    const { dbName: database } = place.commits;
    const url = stack().mongoUrl;
    const opened = await connect({ url, service: 'counters', database, log: quiet, patienceMs: 1_000 });
    keep(opened);
    const [tenant, file] = [scopeOf('acme'), { name: 'x' } as ArchivedFile];
    const [before, now] = [await claim(opened, tenant), await claim(opened, tenant)];
    expect(await enlist(opened, tenant, before.epoch, file)).toBe(false);
    expect(await enlist(opened, tenant, now.epoch, file)).toBe(true);
    expect(await enlist(opened, tenant, before.epoch, { ...file, name: 'y' }, 'x')).toBe(false);
    expect(await enlist(opened, tenant, now.epoch, { ...file, name: 'y' }, 'x')).toBe(true);
    expect(await place.collection('archives').findOne({})).toMatchObject({ files: [{ name: 'y' }], replaced: ['x'] });
  });

  it('what is not sent, held back or not anchored stays, and so does what follows it', async () => {
    const place = await old();
    await place.commits.updateOne({ _id: at('a', 4) }, { $set: { unpublished: true } });
    await pass(place.store, NOW);
    await pass(place.store, LATER);
    expect(await versionsIn(place)).toEqual([1, 4, 5, 6]);
    await drained(place.store);
    await place.anchored.deleteMany({ streamId: A, version: { $gt: 3 } });
    await pass(place.store, LATER);
    expect(await versionsIn(place)).toEqual([1, 4, 5, 6]);
  });

  it('a reader that misses archived commits is sent them again; they go once more', async () => {
    const place = await archived();
    expect(await place.store.sendAgain('acme', A, 3, 2)).toBe(2);
    expect(await drained(place.store)).toEqual([`${A}@3.0`, `${A}@4.0`]);
    expect(await versionsIn(place)).toEqual([1, 3, 4, 6]);
    expect(await pass(place.store, LATER + DAY_MS)).toEqual([{ tenant: 'acme', answers: 0, archived: 0, taken: 2 }]);
    expect(await problemsOf(place.store)).toEqual([]);
  });

  it('a file that is missing, altered, not signed for, or not to be had is named, and nothing is decided without it', async () => {
    const place = await archived();
    const [name = ''] = await place.files();
    const path = join(place.folder, name);
    const [missing, altered] = ['the file is missing', 'the file was altered'];
    const gap = expect.stringContaining('commits 2 to 5 are missing');
    await rename(path, `${path}.away`);
    expect(await problemsOf(place.store)).toEqual(expect.arrayContaining([expect.stringContaining(missing), gap]));
    await expect(place.store.facts('acme').stream(A)).rejects.toThrow(missing);
    await place.collection('snapshots').deleteMany({});
    const fresh = await place.replica();
    expect((await fresh.execute(counter, [add('a', 1, { now: LATER })]))[0]).toMatchObject({ outcome: 'FAULT' });
    await rename(`${path}.away`, path);
    await appendFile(path, 'x');
    expect(await problemsOf(fresh)).toEqual(expect.arrayContaining([expect.stringContaining(altered), gap]));
    const without = await open(place.commits.dbName);
    expect(await problemsOf(without)).toEqual(expect.arrayContaining([expect.stringContaining('not said where'), gap]));
    await place.collection<ArchiveDocument>('archives').updateOne({}, { $set: { 'files.0.commits': 3 } });
    await place.collection<ArchiveDocument>('archives').updateOne({}, { $set: { 'files.0.sha256': 'x' } });
    expect(await problemsOf(fresh)).toEqual(expect.arrayContaining([expect.stringContaining(altered)]));
  });

  it('what the store has otherwise than a file is neither taken nor archived again; the chain tells', async () => {
    const place = await old();
    await pass(place.store, NOW);
    await place.commits.updateOne({ _id: at('a', 3) }, { $set: { 'facts.0.time': 1 } });
    expect(await pass(place.store, LATER)).toEqual([{ tenant: 'acme', answers: 0, archived: 0, taken: 3 }]);
    expect([await versionsIn(place), await place.files()]).toEqual([[1, 3, 6], [expect.any(String)]]);
    expect(await problemsOf(place.store)).toEqual([expect.stringContaining(`${at('a', 3)} the commit does not fit`)]);
  });

  it('a list that names a file elsewhere is told, and the file is not read; nothing ends for it', async () => {
    const place = await archived();
    const list = place.collection<ArchiveDocument>('archives');
    await list.updateOne({}, { $set: { 'files.0.name': 'tenant=acme/../../../../dev/zero' } });
    expect(await problemsOf(place.store)).toEqual(
      expect.arrayContaining([expect.stringContaining('no name of a file of the tenant')]),
    );
    expect(await place.store.sendAgain('acme', A, 3, 2)).toBe(0);
    await expect(pass(place.store, LATER + DAY_MS)).resolves.toEqual([]);
  });

  it('an erasure is done in the archive too, and leaves no file of before', async () => {
    const place = await archived();
    const [before = ''] = await place.files();
    const orphan = join(place.folder, dirname(before), 'commits-0-x.parquet');
    await copyFile(join(place.folder, before), orphan);
    const by = { subject: 'dora', side: 'PROVIDER' as const };
    const erasure = { by, reason: 'asked for', now: NOON, backups: [], streams: [A] };
    const without = await open(place.commits.dbName);
    await expect(without.facts('acme').erase(erasure)).rejects.toThrow('not said where the archive is');
    expect(await place.store.facts('acme').erase(erasure)).toBe(3);
    expect(await place.files()).toEqual([expect.not.stringContaining(before)]);
    const { version, facts } = await place.store.facts('acme').stream(A);
    expect([version, facts.map(({ envelope }) => envelope.sequence?.version)]).toEqual([6, [4, 5, 6]]);
    expect(await problemsOf(place.store)).toEqual([]);
    expect(await place.store.facts('acme').erase({ ...erasure, now: NOON + 1 })).toBe(1);
    expect(await problemsOf(place.store)).toEqual([]);
  });
};
