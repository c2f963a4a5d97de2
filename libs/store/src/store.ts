import { decode, encode } from '#libs/events';
import { applyTo } from './apply.js';
import { archiveFolder } from './archive/folder.js';
import { checkpointsOf } from './checkpoints.js';
import { chainOf } from './chain-of-store.js';
import { connect, type OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { effectsOf } from './effects.js';
import { executeWith } from './execute.js';
import { firstUse } from './first-use.js';
import { factsOf, replayOf } from './facts.js';
import { forget } from './forget.js';
import { growCheckpoints } from './grow-checkpoints.js';
import { StreamHeads } from './heads.js';
import { due, hold, nextDue, parkTimer, settle } from './held-requests.js';
import { keeperOf } from './keep.js';
import { leaseOf } from './lease.js';
import { listParked, release } from './parking.js';
import type { FactCodec, Store, StoredView, StoreOptions } from './port.js';
import { allOf, viewReader } from './read-view.js';
import { readingsOf } from './readings.js';
import { rebuild } from './rebuild.js';
import { retentionOf } from './retention.js';
import { relayOf } from './relay.js';
import { scopeOf } from './scope.js';
import { Snapshots } from './snapshots.js';
import { declareView } from './view-indexes.js';

const ping = async ({ db }: OpenDatabase): Promise<number> => {
  const began = performance.now();
  await db.command({ ping: 1 }).catch((error: unknown) => {
    throw faultOf('store', error);
  });
  return performance.now() - began;
};

/** Views are declared, with their indexes, before the first fact is folded into them. */
const viewsOf = (opened: OpenDatabase): Pick<Store, 'applyView' | 'view' | 'allOf' | 'rebuildView'> => {
  const declared = new Map<string, Promise<void>>();
  const declare = (view: Pick<StoredView, 'name' | 'indexes'>): Promise<void> => {
    const known = declared.get(view.name) ?? declareView(opened, view);
    declared.set(view.name, known);
    return known.catch((error: unknown) => {
      declared.delete(view.name);
      throw faultOf(`declaring view ${view.name}`, error);
    });
  };
  return {
    applyView: async (view, heard) => {
      await declare(view);
      return applyTo(opened, view, heard);
    },
    view: (name, limit) => viewReader(opened, name, limit),
    allOf: (name, tenant, where) => allOf(opened, name, tenant, where),
    rebuildView: (view, options) => rebuild(opened, view, options),
  };
};

/** Requests that wait until they are due, and what was done first under an id. */
const heldIn = (
  opened: OpenDatabase,
  codec: FactCodec,
): Pick<Store, 'hold' | 'due' | 'nextDue' | 'settle' | 'parkTimer' | 'first'> => ({
  hold: (held) => hold(opened, codec, held),
  due: (now, limit, takenForMs) => due(opened, codec, now, limit, takenForMs),
  nextDue: () => nextDue(opened),
  settle: (ids) => settle(opened, ids),
  parkTimer: (id, reason) => parkTimer(opened, id, reason),
  first: (tenant, id, kept) => firstUse(opened, tenant, id, kept),
});

const relaysOf = (opened: OpenDatabase) => {
  const relays = new Set<{ wake(): void; stop(): Promise<void> }>();
  const start: Store['startRelay'] = (send, options) => {
    const relay = relayOf(opened, send, options);
    relays.add(relay);
    return { drain: relay.drain, health: relay.health, stop: () => relay.stop().finally(() => relays.delete(relay)) };
  };
  return {
    start,
    wake: (): void => {
      for (const relay of relays) relay.wake();
    },
    stop: () => Promise.all([...relays].map((relay) => relay.stop())),
  };
};

/** Opens the service's own database. @throws Fault when the store does not answer within the patience. */
export const openStore = async ({
  url,
  service,
  log,
  database,
  seal,
  snapshots,
  archive,
  codec = { encode, decode },
  patienceMs = 30_000,
}: StoreOptions): Promise<Store> => {
  const opened = {
    ...(await connect({ url, service, log, patienceMs, database: database ?? `vigie_${service}` })),
    seal,
    archive: archive === undefined ? undefined : archiveFolder(archive),
  };
  const heads = new StreamHeads(opened, codec, new Snapshots(opened, snapshots));
  const relays = relaysOf(opened);
  const execute = executeWith(heads, relays.wake);
  return {
    execute,
    ...keeperOf(opened),
    startRelay: relays.start,
    ...viewsOf(opened),
    facts: (tenant) => factsOf(opened, codec, tenant, execute, () => heads.clear()),
    chain: chainOf(opened, codec, execute),
    retention: retentionOf(opened),
    replay: (of, subjects) =>
      replayOf(opened, typeof of === 'object' && of?.every === 'tenant' ? undefined : scopeOf(of), subjects),
    ...heldIn(opened, codec),
    parked: () => listParked(opened),
    release: (parked) => release(opened, parked),
    ...effectsOf(opened, codec),
    ...readingsOf(opened, relays.wake),
    forget: (tenant) => forget(opened, tenant),
    ...checkpointsOf(opened),
    growCheckpoints: (topic, from, to) =>
      growCheckpoints(opened, topic, from, to).catch((error: unknown) => Promise.reject(faultOf('checkpoints', error))),
    lease: (name, leaseMs) => leaseOf(opened, name, leaseMs),
    ping: () => ping(opened),
    close: async () => {
      await relays.stop();
      await heads.stop();
      await opened.archive?.parquet.close();
      await opened.close();
    },
  };
};
