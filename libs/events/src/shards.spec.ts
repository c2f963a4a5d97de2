import kafkajs from 'kafkajs';
import { partitionOfKey, shardOfKey, shardPartitioner, SHARDS, SIZES, whyNotGrown } from './shards.js';

const KEYS = [
  'a',
  'ab',
  'abc',
  'abcd',
  'acme/0',
  'acme/letters',
  'tokyo-東京/17',
  ...[...Array(500).keys()].map((n) => `t${n % 40}/case-${n}`),
];
const metadata = (partitions: number) =>
  [...Array(partitions).keys()].map((partitionId) => ({ partitionId, leader: 1 }));

describe('keys, shards, partitions', () => {
  it('gives a key one shard, for ever', () => {
    expect(['acme/0', 'acme/1', 'globex/case-1'].map(shardOfKey)).toEqual([66, 60, 200]);
  });

  it.each([1, 2, 4, 8, 256])('leaves keys where Kafka clients put them with %i partitions', (partitions) => {
    const theirs = kafkajs.Partitioners.DefaultPartitioner();
    for (const key of KEYS)
      expect(partitionOfKey(key, partitions)).toBe(
        theirs({ topic: 't', partitionMetadata: metadata(partitions) as never, message: { key, value: null } }),
      );
  });

  it.each([
    [2, 6],
    [6, 48],
    [6, 12],
    [3, 3],
  ])('keeps a key in its partition, or moves it to a new one, from %i to %i', (from, to) => {
    for (const key of KEYS) {
      const after = partitionOfKey(key, to);
      expect(after % from).toBe(partitionOfKey(key, from));
    }
  });

  it('gives each partition its part of the shards', () => {
    for (const { partitions } of Object.values(SIZES)) {
      const counts = [...Array(SHARDS).keys()].reduce<number[]>((sums, shard) => {
        sums[shard % partitions] = (sums[shard % partitions] ?? 0) + 1;
        return sums;
      }, []);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }
  });

  it('lets what has no key go round the partitions that are led', () => {
    const partition = shardPartitioner();
    const partitionMetadata = metadata(3).map((one) => ({ ...one, leader: one.partitionId === 1 ? -1 : 1 }));
    const found = [1, 2, 3, 4].map(() => partition({ partitionMetadata, message: { key: null } }));
    expect(new Set(found)).toEqual(new Set([0, 2]));
  });

  it.each([
    [2, 4, undefined],
    [6, 6, undefined],
    [6, 48, undefined],
    [2, 3, /no multiple/],
    [6, 4, /fewer/],
    [6, 258, /1 to 256/],
  ])('from %i to %i: %s', (from, to, why) => {
    const told = whyNotGrown(from, to);
    if (why === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(why);
  });
});
