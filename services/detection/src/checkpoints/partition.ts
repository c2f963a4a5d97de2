import type { Broker } from '#libs/events';
import type { ServiceContext } from '#libs/service';

export interface Place {
  topic: string;
  partition: number;
}

/** What a pipe keeps of a partition, and how it becomes the bytes of a checkpoint. */
export interface Keeper<Kept> {
  /** @returns what a checkpoint holds; nothing yet without one, or with that of another version. */
  read(bytes: Buffer | undefined): Kept;
  bytes(kept: Kept): Buffer;
  /** Forgets what is over, before a checkpoint. @param recordedAt the broker's clock, epoch ms. */
  trim?(kept: Kept, recordedAt: number): void;
}

/** What is held of an input partition while it is ours. */
export interface Partition<Kept> extends Place {
  epoch: number;
  /** First offset that is not done; undefined before the first batch. */
  next: bigint | undefined;
  kept: Kept;
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
export type Commit = (
  offsets: { topic: string; partition: number; next: string }[],
) => ReturnType<ReturnType<Broker['consume']>['commit']>;

/** Does `work` when all that the partition was given before is done. */
export const serially = <T>(partition: Pick<Partition<unknown>, 'last'>, work: () => Promise<T>): Promise<T> => {
  const mine = partition.last.then(work);
  partition.last = mine.catch(() => undefined);
  return mine;
};

/** Takes a partition over: what was kept of it and its offset, from the last checkpoint; older owners are fenced. */
export const claim = async <Kept>(
  store: Checkpoints,
  keeper: Keeper<Kept>,
  { topic, partition }: Place,
): Promise<Partition<Kept>> => {
  const { epoch, checkpoint } = await store.claimCheckpoint(topic, partition);
  return {
    topic,
    partition,
    epoch,
    next: checkpoint && BigInt(checkpoint.offset),
    kept: keeper.read(checkpoint?.bytes),
    recordedAt: 0,
    inHand: undefined,
    changed: false,
    savedAt: performance.now(),
    saveTookMs: 0,
    last: Promise.resolve(),
  };
};

/**
 * Saves what is done, and only then commits its offset. Everything in it was acknowledged by the broker before.
 * @returns false when another instance has taken the partition over.
 */
export const save = async <Kept>(
  store: Checkpoints,
  keeper: Keeper<Kept>,
  one: Partition<Kept>,
  commit: Commit,
  log: Log,
): Promise<boolean> => {
  const { topic, partition, epoch, next, kept, recordedAt } = one;
  if (!one.changed || next === undefined) return true;
  keeper.trim?.(kept, recordedAt);
  const began = performance.now();
  const saved = await store.saveCheckpoint({
    topic,
    partition,
    epoch,
    offset: String(next),
    bytes: keeper.bytes(kept),
  });
  one.savedAt = performance.now();
  one.saveTookMs = one.savedAt - began;
  if (saved) {
    one.changed = false;
    await commit([{ topic, partition, next: String(next) }]);
    return true;
  }
  const current = await store.loadCheckpoint(topic, partition);
  if (current === undefined || current.epoch > epoch) return false;
  log.warn(
    { topic, partition, at: String(next), checkpoint: current.offset },
    'the topic is behind its checkpoint: it was replaced; what is known is kept in memory until it has caught up',
  );
  return true;
};
