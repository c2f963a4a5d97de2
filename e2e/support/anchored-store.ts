import { openSeal } from '#libs/service';
import { openStore, type ChainQuery, type OutFact, type SignedAnchor, type Store } from '#libs/store';
import { DAY_MS } from '#libs/terms';
import { add, codec, counter, quiet } from '../../libs/store/test/counter.js';
import { openBehind, type Behind } from '../../libs/store/test/tamper.js';
import type { AttackGround, AttackVerdict } from '../attacks/attack.js';

const NOON = Date.UTC(2026, 10, 2, 12);
export const TENANT = 'atk-kept';
export const STREAM = `counter/${TENANT}/long`;
export const SHORT = `counter/${TENANT}/short`;

/**
 * What a service kept over two days in a database of its own, an anchor each day; and the way to it behind the
 * service's back.
 */
export interface StoreUnderAttack {
  store: Store;
  behind: Behind;
  anchors: SignedAnchor[];
  /** What the relay has sent so far. */
  sent(): Promise<OutFact[]>;
  /** Adds to a stream on the third day. */
  goOn(stream: string): Promise<void>;
  /** Makes the anchors of the third day. */
  anchor(): Promise<void>;
  /** What the check of the chain finds. */
  isClean(query?: ChainQuery): Promise<boolean>;
}

let databases = 0;

const put = (store: Store, id: string, now: number): Promise<unknown> =>
  store.execute(counter, [add(id, 1, { now, tenant: TENANT })]);
const anchorsOn = async (store: Store, now: number): Promise<SignedAnchor[]> => {
  const made: SignedAnchor[] = [];
  for await (const anchor of store.chain.makeAnchors(now)) made.push(anchor);
  return made;
};

const live = async (store: Store, behind: Behind): Promise<StoreUnderAttack> => {
  for (let round = 0; round < 3; round += 1) await put(store, 'long', NOON);
  await put(store, 'short', NOON);
  const anchors = await anchorsOn(store, NOON + 1);
  for (let round = 0; round < 2; round += 1) await put(store, 'long', NOON + DAY_MS);
  anchors.push(...(await anchorsOn(store, NOON + DAY_MS + 1)));
  const sent: OutFact[] = [];
  return {
    store,
    behind,
    anchors,
    sent: async () => {
      const relay = store.startRelay(async (facts) => void sent.push(...facts), { watch: false });
      await relay.drain();
      await relay.stop();
      return sent;
    },
    goOn: async (stream) => void (await put(store, stream, NOON + 2 * DAY_MS)),
    anchor: async () => void (await anchorsOn(store, NOON + 2 * DAY_MS + 1)),
    isClean: async (query) => (await store.chain.verify(TENANT, query)).problems.length === 0,
  };
};

/** Opens it for one control or attack. */
export const kept = async <T>(given: AttackGround, work: (place: StoreUnderAttack) => Promise<T>): Promise<T> => {
  const world = await given.world('tenants');
  const { config } = world.services['tenants']?.runtime ?? {};
  const database = `vigie_atk_${process.pid}_${(databases += 1)}`;
  const store = await openStore({
    url: world.stack.mongoUrl,
    service: 'tenants',
    database,
    log: quiet,
    codec,
    seal: config && openSeal(config),
  });
  const behind = await openBehind(world.stack.mongoUrl, database);
  try {
    return await work(await live(store, behind));
  } finally {
    await Promise.all([store.close(), behind.close()]);
  }
};

/** The rightful use: nobody meddles, the service goes on, and the check finds nothing. */
export const untouched = (given: AttackGround): Promise<boolean> =>
  kept(given, async (place) => {
    await place.goOn('long');
    await place.anchor();
    return place.isClean();
  });

/** Meddles; it succeeds when the check finds nothing. */
export const meddling =
  (meddle: (place: StoreUnderAttack) => Promise<unknown>) =>
  (given: AttackGround): Promise<AttackVerdict> =>
    kept(given, async (place): Promise<AttackVerdict> => {
      await meddle(place);
      return (await place.isClean()) ? 'succeeded' : 'refused';
    });
