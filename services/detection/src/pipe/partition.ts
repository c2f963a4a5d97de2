import type { Broker } from '#libs/events';
import type { ServiceContext } from '#libs/service';
import { toForget, type Tracked } from '../domain/tracking.js';
import { fromBytes, toBytes } from './kept.js';

export interface Place {
  topic: string;
  partition: number;
}

/** What is held of an input partition while it is ours. */
export interface Partition extends Place {
  epoch: number;
  /** First offset that is not done; undefined before the first batch. */
  next: bigint | undefined;
  findings: Map<string, Tracked>;
  /** The broker's clock, by the last record. Epoch ms. */
  recordedAt: number;
  /** First offset of the batch in hand. */
  inHand: string | undefined;
  /** There is something that no checkpoint holds. */
  changed: boolean;
  /** Of performance.now(). */
  savedAt: number;
  saveTookMs: number;
  /** What this partition does comes one after the other. */
  last: Promise<unknown>;
}

export type Checkpoints = Pick<ServiceContext['store'], 'claimCheckpoint' | 'saveCheckpoint' | 'loadCheckpoint'>;
type Log = Pick<ServiceContext['log'], 'info' | 'warn'>;
export type Commit = (offsets: { topic: string; partition: number; next: string }[]) => ReturnType<ReturnType<Broker['consume']>['commit']>;

/** Does `work` when all that the partition was given before is done. */
export const serially = <T>(partition: Partition, work: () => Promise<T>): Promise<T> => {
  const mine = partition.last.then(work);
  partition.last = mine.catch(() => undefined);
  return mine;
};

/** Takes a partition over: its findings and offset, from the last checkpoint; older owners are fenced. */
export const claim = async (store: Checkpoints, { topic, partition }: Place): Promise<Partition> => {
  const { epoch, checkpoint } = await store.claimCheckpoint(topic, partition);
  return {
    topic, partition, epoch,
    next: checkpoint && BigInt(checkpoint.offset),
    findings: checkpoint ? fromBytes(checkpoint.bytes) : new Map<string, Tracked>(),
    recordedAt: 0, inHand: undefined, changed: false, savedAt: performance.now(), saveTookMs: 0, last: Promise.resolve(),
  };
};

/**
 * Saves what is done, and only then commits its offset. Everything in it was acknowledged by the broker before.
 * @returns false when another instance has taken the partition over.
 */
export const save = async (store: Checkpoints, one: Partition, mostFindings: number, commit: Commit, log: Log): Promise<boolean> => {
  const { topic, partition, epoch, next, findings, recordedAt } = one;
  if (!one.changed || next === undefined) return true;
  for (const findingId of toForget(findings, recordedAt, mostFindings)) findings.delete(findingId);
  const began = performance.now();
  const saved = await store.saveCheckpoint({ topic, partition, epoch, offset: String(next), bytes: toBytes(findings) });
  one.savedAt = performance.now();
  one.saveTookMs = one.savedAt - began;
  if (saved) {
    one.changed = false;
    await commit([{ topic, partition, next: String(next) }]);
    return true;
  }
  const current = await store.loadCheckpoint(topic, partition);
  if (current === undefined || current.epoch > epoch) return false;
  log.warn({ topic, partition, at: String(next), checkpoint: current.offset }, 'the topic is behind its checkpoint: it was replaced; findings are kept in memory until it has caught up');
  return true;
};
