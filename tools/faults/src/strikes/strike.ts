import type { FaultKind } from '../plan/kinds.js';
import { crashReplica } from './crash.js';
import { fillDisk } from './disk.js';
import { misleadClock } from './clock.js';
import { growService } from './grow.js';
import { failVendor } from './vendor.js';
import { killBroker, killStore, stopBroker, stopStore } from './stack.js';
import type { Strike } from './struck.js';
import { killReplica, leaveAndReturn, slowReplica, stopReplica } from './replica.js';

const STRIKES: Record<FaultKind, Strike> = {
  kill: killReplica,
  stop: stopReplica,
  rebalance: leaveAndReturn,
  slow: slowReplica,
  'broker-kill': killBroker,
  'broker-stop': stopBroker,
  'store-kill': killStore,
  'store-stop': stopStore,
  vendor: failVendor,
  crash: crashReplica,
  disk: fillDisk,
  clock: misleadClock,
  grow: growService,
};

/** Strikes as its kind does. */
export const strike: Strike = (place, fault) => STRIKES[fault.kind](place, fault);
