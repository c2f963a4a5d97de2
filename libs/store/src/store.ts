import { decode, encode } from '#libs/events';
import { applyTo } from './apply.js';
import { checkpointsOf } from './checkpoints.js';
import { chainOf } from './chain-of-store.js';
import { connect, type OpenDatabase } from './collections.js';
import { faultOf } from './errors.js';
import { effectsOf } from './effects.js';
import { executeWith } from './execute.js';
import { firstUse } from './first-use.js';
import { factsOf, replayOf } from './facts.js';
import { forget } from './forget.js';
import { StreamHeads } from './heads.js';
import { due, hold, parkTimer, settle } from './held-requests.js';
import { listParked, release } from './parking.js';
import type { Store, StoredView, StoreOptions } from './port.js';
import { viewReader } from './read-view.js';
import { rebuild } from './rebuild.js';
import { relayOf } from './relay.js';
import { scopeOf } from './scope.js';
import { declareView } from './view-indexes.js';

const ping = async ({ db }: OpenDatabase): Promise<number> => {
  const began = performance.now();
  await db.command({ ping: 1 }).catch((error: unknown) => {
    throw faultOf('store', error);
  });
  return performance.now() - began;
};

/** Declares each view once; what failed is tried again by who asks next. */
const declaring = (opened: OpenDatabase): ((view: Pick<StoredView, 'name' | 'indexes'>) => Promise<void>) => {
  const declared = new Map<string, Promise<void>>();
  return (view) => {
    const known = declared.get(view.name) ?? declareView(opened, view);
    declared.set(view.name, known);
    return known.catch((error: unknown) => {
      declared.delete(view.name);
      throw faultOf(`declaring view ${view.name}`, error);
    });
  };
};

/** Opens the service's own database. @throws Fault when the store does not answer within the patience. */
export const openStore = async ({
  url,
  service,
  log,
  database,
  seal,
  codec = { encode, decode },
  patienceMs = 30_000,
}: StoreOptions): Promise<Store> => {
  const opened = {
    ...(await connect({ url, service, log, patienceMs, database: database ?? `vigie_${service}` })),
    seal,
  };
  const heads = new StreamHeads(opened, codec);
  const relays = new Set<{ wake(): void; stop(): Promise<void> }>();
  const declare = declaring(opened);
  const execute = executeWith(heads, () => {
    for (const relay of relays) relay.wake();
  });
  return {
    execute,
    startRelay: (send, options) => {
      const relay = relayOf(opened, send, options);
      relays.add(relay);
      return { drain: relay.drain, health: relay.health, stop: () => relay.stop().finally(() => relays.delete(relay)) };
    },
    applyView: async (view, heard) => {
      await declare(view);
      return applyTo(opened, view, heard);
    },
    view: (name, limit) => viewReader(opened, name, limit),
    rebuildView: (view, facts, options) => rebuild(opened, view, facts, options),
    facts: (tenant) => factsOf(opened, codec, tenant, execute, () => heads.clear()),
    chain: chainOf(opened, codec, execute),
    replay: (of, subjects) =>
      replayOf(opened, typeof of === 'object' && of?.every === 'tenant' ? undefined : scopeOf(of), subjects),
    hold: (held) => hold(opened, codec, held),
    due: (now, limit) => due(opened, codec, now, limit),
    settle: (ids) => settle(opened, ids),
    parkTimer: (id, reason) => parkTimer(opened, id, reason),
    parked: () => listParked(opened),
    release: (parked) => release(opened, parked),
    ...effectsOf(opened, codec),
    forget: (tenant) => forget(opened, tenant),
    first: (tenant, id, kept) => firstUse(opened, tenant, id, kept),
    ...checkpointsOf(opened),
    ping: () => ping(opened),
    close: async () => {
      await Promise.all([...relays].map((relay) => relay.stop()));
      await opened.close();
    },
  };
};
