import type { ChainQuery, ChainReport, OutFact, SignedAnchor, Store } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { add, counter } from './counter.js';
import { storesOf, type Stores } from './stores.js';
import { openBehind, type Behind } from './tamper.js';

export const NOON = Date.UTC(2026, 10, 2, 12);

export interface AnchoredStore extends Behind {
  store: Store;
  anchors: SignedAnchor[];
  /** As Kafka would carry it. */
  sent: OutFact[];
  /** Opens the same database again: a service that starts anew. */
  again(): Promise<Store>;
}

export const anchorsOn = async (store: Store, now: number): Promise<SignedAnchor[]> => {
  const made: SignedAnchor[] = [];
  for await (const anchor of store.chain.makeAnchors(now)) made.push(anchor);
  return made;
};
export const put = async (store: Store, at: number, ...ids: string[]): Promise<void> => {
  for (const id of ids) await store.execute(counter, [add(id, 1, { now: at })]);
};

export const check = ({ store }: Pick<AnchoredStore, 'store'>, query?: ChainQuery): Promise<ChainReport> =>
  store.chain.verify('acme', query);
export const at = (stream: string, version: number): string => `counter/acme/${stream}@${version}`;

export const [A, B, C, ANCHORS] = [
  'counter/acme/a',
  'counter/acme/b',
  'counter/acme/c',
  'anchor/acme/counters.counter',
];
export const set =
  (id: string, change: object) =>
  ({ commits }: AnchoredStore) =>
    commits.updateOne({ _id: id }, { $set: change });

/** Stores of this file's own that have lived for two days. @param name as of storesOf(). */
export const anchoredStores = (name: string): Stores & { lived(): Promise<AnchoredStore> } => {
  const stores = storesOf(name);
  const { open, newDatabase, keep, stack } = stores;
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
  return { ...stores, lived };
};
