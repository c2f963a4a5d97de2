import Encoder from 'kafkajs/src/protocol/encoder.js';
import { readFetchResponse } from './fetch-response.js';

interface Answered {
  errorCode?: number;
  preferredReadReplica?: number;
}

type Writing = 'writeInt16' | 'writeInt32' | 'writeInt64' | 'writeString' | 'writeBytes';
type AnswerWriter = Record<Writing, (value: unknown) => AnswerWriter> & { buffer: Buffer };

/** An answer of version 11 in which no partition holds records. */
const answerOf = (topics: Record<string, Answered[]>): Buffer => {
  const raw = (new Encoder() as unknown as AnswerWriter)
    .writeInt32(0)
    .writeInt16(0)
    .writeInt32(0)
    .writeInt32(Object.keys(topics).length);
  for (const [topic, partitions] of Object.entries(topics)) {
    raw.writeString(topic).writeInt32(partitions.length);
    for (const [partition, { errorCode = 0, preferredReadReplica = -1 }] of partitions.entries())
      raw
        .writeInt32(partition)
        .writeInt16(errorCode)
        .writeInt64('7')
        .writeInt64('7')
        .writeInt64('0')
        .writeInt32(0)
        .writeInt32(preferredReadReplica)
        .writeBytes(Buffer.alloc(0));
  }
  return raw.buffer;
};

describe('what the broker answers to a fetch', () => {
  it('is nothing where nothing came', async () =>
    expect((await readFetchResponse(answerOf({ quiet: [{}, {}] }))).responses).toEqual([]));

  it('is a fault, or another replica, also where nothing came', async () => {
    const { responses } = await readFetchResponse(
      answerOf({ quiet: [{}], told: [{}, { errorCode: 1 }, { preferredReadReplica: 2 }] }),
    );
    expect(responses).toMatchObject([
      {
        topicName: 'told',
        partitions: [
          { partition: 1, errorCode: 1, messages: [] },
          { partition: 2, preferredReadReplica: 2, highWatermark: '7' },
        ],
      },
    ]);
  });
});
