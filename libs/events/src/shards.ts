/** Keys hash to so many shards, and shards lie on partitions: a number of partitions is one of 1 to SHARDS. */
export const SHARDS = 256;

const SEED = 0x9747b28c;
const M = 0x5bd1e995;

/** Murmur2 as Kafka's own clients have it: with 1, 2, 4, ... partitions a key lies where it lay with those. */
const murmur2 = (data: Buffer): number => {
  const { length } = data;
  let h = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k = Math.imul(data.readInt32LE(at), M);
    k = Math.imul(k ^ (k >>> 24), M);
    h = Math.imul(h, M) ^ k;
  }
  for (let last = length - 1; last >= at; last -= 1) h ^= (data[last] as number) << (8 * (last - at));
  if (at < length) h = Math.imul(h, M);
  h = Math.imul(h ^ (h >>> 13), M);
  return (h ^ (h >>> 15)) >>> 0;
};

/** The shard of a key, the same everywhere and for ever: what is kept of a shard is found again by it. */
export const shardOfKey = (key: string | Buffer): number =>
  murmur2(typeof key === 'string' ? Buffer.from(key) : key) % SHARDS;

/**
 * Where a key lies. With a multiple of the partitions a partition's keys stay there or go to new partitions, and no
 * key goes to another old one: so a topic grows to multiples alone.
 */
export const partitionOfKey = (key: string | Buffer, partitions: number): number => shardOfKey(key) % partitions;

interface Placed {
  partitionMetadata: { partitionId: number; leader: number }[];
  message: { key?: Buffer | string | null };
}

/** The client's partitioner: by key; what has none goes round those partitions that have a leader. */
export const shardPartitioner = (): ((placed: Placed) => number) => {
  let turn = 0;
  return ({ partitionMetadata, message: { key } }) => {
    if (key !== null && key !== undefined) return partitionOfKey(key, partitionMetadata.length);
    const led = partitionMetadata.filter(({ leader }) => leader >= 0);
    const among = led.length > 0 ? led : partitionMetadata;
    turn = (turn + 1) % among.length;
    return among[turn]?.partitionId ?? 0;
  };
};

/** How large an installation is made. Replicas and `minInsync` are of each topic. */
export interface Size {
  partitions: number;
  replicas: number;
  minInsync: number;
}

/** Sizes by name: one broker, and three or more. */
export const SIZES = {
  small: { partitions: 6, replicas: 1, minInsync: 1 },
  large: { partitions: 48, replicas: 3, minInsync: 2 },
} as const satisfies Record<string, Size>;

/** Why a topic of `from` partitions cannot grow to `to`; nothing when it can, or has. */
export const whyNotGrown = (from: number, to: number): string | undefined => {
  if (to < 1 || to > SHARDS) return `a topic has 1 to ${SHARDS} partitions, as there are shards`;
  if (to < from) return `${from} partitions cannot become fewer (${to})`;
  return to % from === 0
    ? undefined
    : `${to} is no multiple of ${from}: keys would leave partitions that others still read`;
};
