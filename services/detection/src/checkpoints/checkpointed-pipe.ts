/**
 * A pipe whose state is kept with its offset: a checkpoint holds only what the broker has acknowledged, Kafka's offset
 * never passes a checkpoint, and whoever gets the partition goes on from there.
 */
import type { Batch, InRecord } from '#libs/events';
import { Fault } from '#libs/model';
import { every, type CommitOffsets, type OpenPipe, type ServiceContext } from '#libs/service';
import { claim, save, serially, type Checkpoints, type StateCodec, type ClaimedPartition } from './partition.js';

const TICK_MS = 500;

export interface CheckpointedPorts {
  store: Checkpoints;
  log: ServiceContext['log'];
  checkpointEveryMs: number;
}

/** What is done with what a partition brings. */
export interface PartitionWork<State> {
  codec: StateCodec<State>;
  /** Done with these records, in order, when it resolves: `partition.next` says how far it came when it does not. */
  take(partition: ClaimedPartition<State>, records: InRecord[]): Promise<void>;
  /** Now and then, between batches. */
  tidy(partition: ClaimedPartition<State>): Promise<void>;
  /** False while something is done that the broker has not acknowledged: no checkpoint may hold it. */
  isSettled(partition: ClaimedPartition<State>): boolean;
}

export interface CheckpointedPipe extends OpenPipe {
  stop(): Promise<void>;
}

/** Where to go on in a batch that may come again after it failed half-way. */
const beginning = (
  { log }: CheckpointedPorts,
  partition: ClaimedPartition<unknown>,
  { records, topic, partition: number }: Batch,
): bigint => {
  const first = BigInt(records[0]?.offset ?? 0);
  const again = partition.inHand === records[0]?.offset;
  partition.inHand = records[0]?.offset;
  const next = partition.next ?? first;
  if (next <= first || again) return next;
  log.warn(
    { topic, partition: number, at: String(first), expected: String(next) },
    'records before the checkpoint came: they are read again',
  );
  return first;
};

const keyOf = ({ topic, partition }: { topic: string; partition: number }): string => `${topic}/${partition}`;

/** The partitions that are ours. */
const openPartitions = <State>(
  { store, log, checkpointEveryMs }: CheckpointedPorts,
  { codec, tidy, isSettled }: PartitionWork<State>,
) => {
  const held = new Map<string, ClaimedPartition<State>>();
  let commit: CommitOffsets = async () => undefined;

  const checkpoint = async (partition: ClaimedPartition<State>): Promise<void> => {
    if (!isSettled(partition) || (await save(store, codec, partition, commit, log))) return;
    log.warn(
      { topic: partition.topic, partition: partition.partition, epoch: partition.epoch },
      'another instance has taken the partition over',
    );
    if (held.get(keyOf(partition)) === partition) held.delete(keyOf(partition));
  };
  return {
    held,
    checkpoint,
    commitWith: (given: CommitOffsets): void => {
      commit = given;
    },
    tidyOne: async (partition: ClaimedPartition<State>): Promise<void> => {
      await tidy(partition);
      // A checkpoint takes 5 % of the time at most.
      const everyMs = Math.max(checkpointEveryMs, 20 * partition.saveTookMs);
      if (performance.now() - partition.savedAt >= everyMs) await checkpoint(partition);
    },
  };
};

export const checkpointed = <State>(ports: CheckpointedPorts, work: PartitionWork<State>): CheckpointedPipe => {
  const { store, log } = ports;
  const { held, checkpoint, commitWith, tidyOne } = openPartitions(ports, work);
  const tick = async (): Promise<void> => {
    for (const partition of held.values()) {
      await serially(partition, () => tidyOne(partition)).catch((error: unknown) =>
        log.warn({ err: error, partition: partition.partition }, 'what is to be told, or a checkpoint, has to wait'),
      );
    }
  };
  const stopTicking = every(TICK_MS, tick, (error) => log.error({ err: error }, 'checkpoints have to wait'));

  return {
    manual: commitWith,
    onAssigned: async (places) => {
      held.clear();
      const claimed = await Promise.all(places.map((place) => claim(store, work.codec, place)));
      for (const partition of claimed) held.set(keyOf(partition), partition);
      return claimed.flatMap(({ topic, partition, next }) =>
        next === undefined ? [] : [{ topic, partition, offset: String(next) }],
      );
    },
    handle: async (batch) => {
      const partition = held.get(keyOf(batch));
      if (!partition) throw new Fault(`${keyOf(batch)} came without being assigned`);
      await serially(partition, async () => {
        const from = beginning(ports, partition, batch);
        await work.take(
          partition,
          batch.records.filter(({ offset }) => BigInt(offset) >= from),
        );
        partition.inHand = undefined;
      });
    },
    stop: async () => {
      await stopTicking();
      // Reading has ended; the next owner goes on from the checkpoint, whatever Kafka's offset says.
      commitWith(async () => undefined);
      for (const partition of held.values()) await serially(partition, () => checkpoint(partition));
    },
  };
};
