import type { CommitOffsets, ServiceContext } from '#libs/service';
import type { TopicPartition } from '#libs/events';

/** What a pipe keeps of a partition, and how it becomes the bytes of a checkpoint. */
export interface StateCodec<State> {
  /**
   * @returns what a checkpoint holds of the shards that are this partition's; nothing yet without one, or with that of
   * another version.
   */
  read(bytes: Buffer | undefined, isMine: (shard: number) => boolean): State;
  bytes(kept: State): Buffer;
  /** Forgets what is over, before a checkpoint. @param recordedAt the broker's clock, epoch ms. */
  trim?(kept: State, recordedAt: number): void;
}

/** What is held of an input partition while it is ours. */
export interface ClaimedPartition<State> extends TopicPartition {
  epoch: number;
  /** First offset that is not done; undefined before the first batch. */
  next: bigint | undefined;
  kept: State;
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
type CheckpointLog = Pick<ServiceContext['log'], 'info' | 'warn'>;

/** Does `work` when all that the partition was given before is done. */
export const serially = <T>(partition: Pick<ClaimedPartition<unknown>, 'last'>, work: () => Promise<T>): Promise<T> => {
  const mine = partition.last.then(work);
  partition.last = mine.catch(() => undefined);
  return mine;
};

/** A topic that has grown left what it kept with each partition that may have some of it. */
const isOf =
  (partition: number, partitions: number | undefined) =>
  (shard: number): boolean =>
    partitions === undefined || shard % partitions === partition;

/** Takes a partition over: what was kept of it and its offset, from the last checkpoint; older owners are fenced. */
export const claim = async <State>(
  store: Checkpoints,
  codec: StateCodec<State>,
  { topic, partition }: TopicPartition,
): Promise<ClaimedPartition<State>> => {
  const { epoch, checkpoint } = await store.claimCheckpoint(topic, partition);
  return {
    topic,
    partition,
    epoch,
    next: checkpoint && BigInt(checkpoint.offset),
    kept: codec.read(checkpoint?.bytes, isOf(partition, checkpoint?.partitions)),
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
export const save = async <State>(
  store: Checkpoints,
  codec: StateCodec<State>,
  one: ClaimedPartition<State>,
  commit: CommitOffsets,
  log: CheckpointLog,
): Promise<boolean> => {
  const { topic, partition, epoch, next, kept, recordedAt } = one;
  if (!one.changed || next === undefined) return true;
  codec.trim?.(kept, recordedAt);
  const began = performance.now();
  const saved = await store.saveCheckpoint({
    topic,
    partition,
    epoch,
    offset: String(next),
    bytes: codec.bytes(kept),
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
