import { idOf, type Heard } from '#libs/model';
import { openBackup, type StoreBackup } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { commitsAreArchived } from './archive.js';
import { A, anchoredStores, anchorsOn, check, NOON, put } from './anchored-stores.js';
import { quiet, type Added } from './counter.js';

const stores = anchoredStores('backup');
const { lived, open, newDatabase, stack, keep } = stores;

const backupOf = async (database: string): Promise<StoreBackup> => {
  const backup = await openBackup({ url: stack().mongoUrl, service: 'counters', database, log: quiet });
  keep(backup);
  return backup;
};
/** Everything at a cut, into a database of its own. */
const restored = async (from: StoreBackup, cut: number, anchorsAt = cut): Promise<string> => {
  const database = newDatabase();
  const to = await backupOf(database);
  expect(await to.isEmpty()).toBe(true);
  for (const name of from.collections) await to.write(name, from.read(name, { at: cut, anchorsAt }));
  expect(await to.isEmpty()).toBe(false);
  return database;
};
const fact = (name: string, time: number): Heard<Added> => ({
  envelope: { ...{ id: idOf(name), type: 'counter.added', source: 'x', subject: 'y', tenant: 'acme' }, time },
  message: { type: 'counter.added', counterId: name, by: 1 },
});

describe('a backup of a store', () => {
  it('holds every stream as it stood at one moment, and the chain with its anchors holds', async () => {
    const { store, commits } = await lived();
    const cut = NOON + DAY_MS + 2;
    await put(store, NOON + DAY_MS + 10, 'a', 'd');
    const from = await backupOf(commits.dbName);
    const again = await open(await restored(from, cut));
    expect((await again.facts('acme').stream(A)).version).toBe(5);
    expect(await check({ store: again })).toMatchObject({ problems: [], streams: 4, anchors: 2 });
    await put(again, NOON + DAY_MS + 20, 'a');
    expect(await check({ store: again })).toMatchObject({ problems: [] });
    expect((await again.facts('acme').stream(A)).facts.map(({ envelope }) => envelope.id)).toHaveLength(6);
  });

  it('leaves out the newest anchors, which may see what it does not hold', async () => {
    const { store, commits } = await lived();
    const cut = NOON + 2 * DAY_MS;
    await put(store, cut - 5, 'a');
    await anchorsOn(store, cut - 4);
    const again = await open(await restored(await backupOf(commits.dbName), cut, cut - 5));
    expect(await check({ store: again })).toMatchObject({ problems: [], anchors: 2 });
  });

  it('keeps an erasure that begins while it is read', async () => {
    const { store, commits } = await lived();
    const cut = Date.now();
    const by = { subject: 'ada', side: 'PROVIDER' as const };
    await store.facts('acme').erase({ by, reason: 'asked for', now: cut + 1_000, backups: [] });
    const again = await open(await restored(await backupOf(commits.dbName), cut));
    expect((await check({ store: again })).problems).toEqual([]);
  });

  it('makes due again what was sent, and open what was done, after the moment it stands for', async () => {
    const database = newDatabase();
    const store = await open(database);
    const cut = Date.now();
    const request = { type: 'counter.add', counterId: 'a', by: 1 };
    await store.hold(['sent', 'waiting'].map((id) => ({ id, tenant: 'acme', dueAt: NOON, request })));
    const noted = (heard: ReturnType<typeof fact>) =>
      store.noteEffects([{ effect: 'mail', heard, dueAt: undefined }], NOON);
    await noted(fact('early', cut - 10));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await store.settle(['sent']);
    const early = await store.takeEffect('acme/mail', NOON, 1_000);
    await store.finishEffect(early!);
    await noted(fact('late', cut + 10));
    const again = await open(await restored(await backupOf(database), cut));
    expect((await again.due(NOON, 10)).map(({ id }) => id).sort()).toEqual(['sent', 'waiting']);
    expect(await again.effectLanes(NOON)).toEqual(['acme/mail']);
    const turn = await again.takeEffect('acme/mail', NOON, 1_000);
    expect(turn).toMatchObject({ id: `acme/mail/${idOf('early')}`, resumed: true });
    expect(await again.takeEffect('acme/mail', NOON, 1_000)).toBeUndefined();
  });
});

describe('the archive', () => commitsAreArchived(stores));
