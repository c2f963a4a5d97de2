import { shardOfKey, type InRecord } from '#libs/events';

/** What is kept of a partition, by shard of its keys: a shard goes whole to another partition when the topic grows. */
export type ByShard<Kept> = Map<number, Kept>;

export const shardOf = ({ key }: Pick<InRecord, 'key'>): number => shardOfKey(key ?? '');

/** What is kept of a shard; what is new is put there first. */
export const keptOf = <Kept>(shards: ByShard<Kept>, shard: number, empty: () => Kept): Kept => {
  const kept = shards.get(shard) ?? empty();
  shards.set(shard, kept);
  return kept;
};

/** Of a bound for all shards of a partition each has this part for sure. */
const SURE_PART = 1 / 64;

/** What one shard may hold of what a partition may: what the others leave, and its part in any case. */
export const roomOf = (most: number, others: number): number => Math.max(Math.ceil(most * SURE_PART), most - others);
