import type { StoreLog } from './port.js';

/** The moment a backup stands for. */
export interface BackupCut {
  /**
   * Epoch ms: what was committed until then is in it, in all services, so that no service remembers what came of
   * something that another one forgot. Some time before the reading begins: commits bear a time before they are there.
   */
  at: number;
  /** Epoch ms, earlier: anchors until then are in it. One that is made while others commit must be over by `at`. */
  anchorsAt: number;
}

/**
 * What of a service's database a backup holds, as BSON: streams, ends of streams, timers, notes of effects, firsts,
 * what is parked. Views follow from facts, checkpoints from Kafka, leases from who runs: they are not in it.
 */
export interface StoreBackup {
  collections: readonly string[];
  /** Documents as they stood at the cut, one at a time. @throws Fault */
  read(collection: string, cut: BackupCut): AsyncIterable<Uint8Array>;
  /** Whether the service keeps nothing yet: a backup goes into nothing else. */
  isEmpty(): Promise<boolean>;
  /**
   * Writes what was read. What effects were to do may have been done since: they are told so, and ask the vendor.
   * @returns how many. @throws Fault
   */
  write(collection: string, documents: AsyncIterable<Uint8Array>): Promise<number>;
  close(): Promise<void>;
}

export interface StoreBackupOptions {
  url: string;
  service: string;
  log: StoreLog;
  /** `vigie_<service>` when absent. */
  database?: string;
}
