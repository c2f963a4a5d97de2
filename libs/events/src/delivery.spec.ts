import type { Kafka } from 'kafkajs';
import { KafkaDelivery } from './delivery.js';
import type { KafkaLog } from './port.js';

const log: KafkaLog = { debug: jest.fn(), info: jest.fn(), warn: jest.fn(), error: jest.fn() };

/** A client whose producers fail for good as soon as a topic that they have sent to is gone. */
const clientWith = (gone: Set<string>) => {
  const sends: string[][] = [];
  const kafka = {
    admin: () => ({ connect: () => Promise.reject(new Error('not asked here')), disconnect: () => Promise.resolve() }),
    producer: () => {
      const known = new Set<string>();
      sends.push([]);
      return {
        connect: () => Promise.resolve(),
        disconnect: () => Promise.resolve(),
        sendBatch: ({ topicMessages }: { topicMessages: { topic: string }[] }) => {
          for (const { topic } of topicMessages) known.add(topic);
          if ([...known].some((topic) => gone.has(topic)))
            return Promise.reject(Object.assign(new Error('gone'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' }));
          sends.at(-1)?.push(...topicMessages.map(({ topic }) => topic));
          return Promise.resolve();
        },
      };
    },
  };
  return { kafka: kafka as unknown as Kafka, sends };
};

describe('a delivery', () => {
  it('refuses no record for the sake of another topic that is gone since', async () => {
    const gone = new Set<string>();
    const { kafka, sends } = clientWith(gone);
    const delivery = new KafkaDelivery(kafka, log, { gzip: false, patienceMs: 1_000 });
    const outcomes: string[] = [];
    const send = (topic: string): Promise<unknown> =>
      delivery.deliver([
        {
          record: { topic, key: 'k', value: Buffer.from('x'), headers: {} },
          bytes: 1,
          done: (error) => outcomes.push(`${topic} ${error ? 'refused' : 'sent'}`),
        },
      ]);
    await send('one');
    gone.add('one');
    await send('two');
    await send('one');
    expect(outcomes).toEqual(['one sent', 'two sent', 'one refused']);
    expect(sends).toEqual([['one'], ['two'], []]);
  });
});
