import type { Cluster } from './assigner.js';
import { answerInReading, type AnswerInReading } from './compression.js';
import { guardFetches } from './unreadable-batches.js';

interface AskedFetch {
  maxWaitTime: number;
  topics: { topic: string; partitions: { partition: number; fetchOffset: string }[] }[];
}
const MIB = 1024 * 1024;

const asking = (...places: [topic: string, ...partitions: number[]][]): AskedFetch => ({
  maxWaitTime: 500,
  topics: places.map(([topic, ...partitions]) => ({
    topic,
    partitions: partitions.map((partition) => ({ partition, fetchOffset: '0' })),
  })),
});
const placesOf = ({ topics }: AskedFetch): string[] =>
  topics.flatMap(({ topic, partitions }) => partitions.map(({ partition }) => `${topic}/${partition}`));

/** A broker that has a message of every partition, as far as a reading has room for it. */
const guarded = async (read: (place: string, reading: AnswerInReading) => boolean) => {
  const asked: string[][] = [];
  const broker = {
    fetch: async (request: AskedFetch) => {
      asked.push(placesOf(request));
      const reading = answerInReading.getStore() as AnswerInReading;
      return {
        responses: request.topics.map(({ topic, partitions }) => ({
          topicName: topic,
          partitions: partitions.map(({ partition }) => ({
            partition,
            highWatermark: '9',
            messages: read(`${topic}/${partition}`, reading) ? [{ offset: '0' }] : ([] as object[]),
          })),
        })),
      };
    },
  };
  const cluster = { findBroker: async () => broker };
  guardFetches(cluster as unknown as Cluster);
  const { fetch } = await cluster.findBroker();
  return { asked, fetch };
};

describe('an answer of the broker', () => {
  it('is read as far as there is room, and what is left comes first in the next', async () => {
    const { asked, fetch } = await guarded((_place, reading) => {
      const hasRoom = reading.hasRoom();
      if (hasRoom) reading.count(32 * MIB, 10);
      return hasRoom;
    });
    for (let round = 0; round < 3; round += 1) await fetch(asking(['a', 0, 1], ['b', 0], ['c', 0, 1]));
    expect(asked).toEqual([
      ['a/0', 'a/1', 'b/0', 'c/0', 'c/1'],
      ['b/0', 'c/0', 'c/1', 'a/0', 'a/1'],
      ['c/1', 'a/0', 'a/1', 'b/0', 'c/0'],
    ]);
  });

  it('has something in the place of a batch that cannot be read, of its partition alone', async () => {
    const { asked, fetch } = await guarded((place, { unread }) => {
      if (place !== 'b/1') return place !== 'a/0';
      unread.push({
        firstOffset: '3',
        lastOffset: '7',
        records: 5,
        timestamp: 1,
        bytes: Buffer.from('x'),
        code: 'BAD_COMPRESSION',
        sentence: 'It cannot be unpacked.',
      });
      return false;
    });
    const answer = await fetch(asking(['a', 0], ['b', 0, 1]));
    expect(asked).toEqual([['a/0', 'b/0', 'b/1'], ['a/0'], ['b/1']]);
    expect(answer.responses.flatMap(({ partitions }) => partitions.map(({ messages }) => messages))).toEqual([
      [],
      [{ offset: '0' }],
      [
        expect.objectContaining({
          offset: '7',
          value: Buffer.from('x'),
          unreadable: {
            code: 'BAD_COMPRESSION',
            sentence: 'It cannot be unpacked. Its offsets are 3 to 7.',
            count: 5,
            from: '3',
          },
        }),
      ],
    ]);
  });
});
