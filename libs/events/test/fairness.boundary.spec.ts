import kafkajs from 'kafkajs';
import { ensureTopics, type Broker, type TopicSpec, type UnreadableRecord } from '#libs/events';
import { internalsOf } from '../src/broker-internals.js';
import { line, startTestStack, until, type TestStack } from './stack.js';

let world: TestStack;
let broker: Broker;

const plain = (topic: string, partitions = 2): TopicSpec => ({
  topic,
  partitions,
  config: { 'message.timestamp.type': 'LogAppendTime' },
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

beforeAll(async () => {
  world = await startTestStack();
  broker = world.connect('tester');
});
afterAll(() => world.stop());

describe('one tenant beside another', () => {
  it('is read on while all that the other has in hand hangs', async () => {
    await ensureTopics(broker, [
      plain('ingest.acme.edr', 4),
      plain('ingest.acme.iam', 4),
      plain('ingest.globex.edr', 2),
    ]);
    const publisher = broker.publisher();
    await publisher.send(
      numbers(80).flatMap((n) => ['ingest.acme.edr', 'ingest.acme.iam'].map((topic) => line(topic, `k${n}`, 'hangs'))),
    );
    let free = (): void => undefined;
    const hanging = new Promise<void>((done) => {
      free = done;
    });
    const heard = { acme: 0, globex: [] as string[] };
    const consumption = broker.consume({
      groupId: 'vigie.tester.beside',
      topics: ['ingest.acme.edr', 'ingest.acme.iam', 'ingest.globex.edr'],
      handle: async ({ topic, records }) => {
        if (topic.startsWith('ingest.acme.')) {
          heard.acme += records.length;
          await hanging;
        } else heard.globex.push(...records.map(({ value }) => value.toString()));
      },
    });
    try {
      await until('the first of the one that hangs', () => heard.acme > 0);
      for (const round of numbers(5)) {
        await publisher.send([line('ingest.globex.edr', `k${round}`, String(round))]);
        await until(`record ${round} of the other`, () => heard.globex.includes(String(round)), 10_000);
      }
      expect(consumption.health().ok).toBe(true);
      // Two of its eight partitions are in hand: half of what is handled at once.
      expect(heard.acme).toBeLessThan(160);
      free();
      await until('all of the first', () => heard.acme === 160);
    } finally {
      free();
      await consumption.stop();
    }
  });

  it('loses nothing and hears nothing twice when its slices are many and slow', async () => {
    await ensureTopics(broker, [plain('ingest.acme.slow', 2)]);
    await broker.publisher().send(numbers(400).map((n) => line('ingest.acme.slow', `k${n % 9}`, String(n))));
    const heard: string[] = [];
    const read = () =>
      broker.consume({
        groupId: 'vigie.tester.slow',
        topics: ['ingest.acme.slow'],
        maxRecords: 10,
        handle: async ({ records }) => {
          await new Promise((resolve) => setTimeout(resolve, 15));
          heard.push(...records.map(({ value }) => value.toString()));
        },
      });
    const first = read();
    await until('some of it', () => heard.length >= 100);
    await first.stop();
    const second = read();
    await until('all of it', () => heard.length >= 400);
    await second.stop();
    expect(heard).toHaveLength(400);
    expect(new Set(heard).size).toBe(400);
  });

  it('goes on behind what the handler said was done', async () => {
    await ensureTopics(broker, [plain('ingest.acme.long', 1)]);
    await broker.publisher().send(numbers(20).map((n) => line('ingest.acme.long', 'k', String(n))));
    const heard: string[] = [];
    const first = broker.consume({
      groupId: 'vigie.tester.long',
      topics: ['ingest.acme.long'],
      patienceMs: 1,
      handle: async ({ records, done }) => {
        const at = records.findIndex(({ value }) => value.toString() === '12');
        done?.(records[at - 1]?.offset ?? '0');
        throw new Error('half-way');
      },
    });
    await until('the fault', () => first.health().ok === false);
    await first.stop();
    const second = broker.consume({
      groupId: 'vigie.tester.long',
      topics: ['ingest.acme.long'],
      handle: async ({ records }) => void heard.push(...records.map(({ value }) => value.toString())),
    });
    await until('the rest', () => heard.includes('19'));
    await second.stop();
    expect(heard[0]).toBe('12');
  });
});

describe('a batch that cannot be unpacked', () => {
  const { CompressionTypes } = kafkajs;
  const stored = (topic: string): TopicSpec => ({
    ...plain(topic, 1),
    config: { 'message.timestamp.type': 'LogAppendTime', 'compression.type': 'producer' },
  });
  const bomb = async (topic: string): Promise<void> => {
    const producer = internalsOf(broker).kafka.producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    await producer.send({ topic, compression: CompressionTypes.GZIP, messages: [{ value: 'ordinary, packed' }] });
    await producer.send({
      topic,
      compression: CompressionTypes.GZIP,
      messages: numbers(3).map(() => ({ value: Buffer.alloc(4 * 1024 * 1024) })),
    });
    await producer.disconnect();
  };

  it('is set aside with its place: what is before and behind it, and other topics, are read', async () => {
    await ensureTopics(broker, [stored('ingest.acme.bomb'), plain('ingest.globex.calm', 1)]);
    const publisher = broker.publisher();
    await publisher.send([line('ingest.acme.bomb', 'k', 'before')]);
    await bomb('ingest.acme.bomb');
    await publisher.send([line('ingest.acme.bomb', 'k', 'behind'), line('ingest.globex.calm', 'k', 'calm')]);
    const heard: string[] = [];
    const aside: UnreadableRecord[] = [];
    const faults: Error[] = [];
    const read = () =>
      broker.consume({
        groupId: 'vigie.tester.bomb',
        topics: ['ingest.acme.bomb', 'ingest.globex.calm'],
        onFault: (error) => faults.push(error),
        handle: async ({ records }) => void heard.push(...records.map(({ value }) => value.toString())),
        unreadable: async (record) => void aside.push(record),
      });
    const consumption = read();
    await until('what is behind it', () => heard.includes('behind') && heard.includes('calm'));
    await consumption.stop();
    expect(heard.sort()).toEqual(['before', 'behind', 'calm', 'ordinary, packed']);
    expect(aside).toMatchObject([
      { topic: 'ingest.acme.bomb', partition: 0, offset: '4', unreadable: { code: 'TOO_LARGE' } },
    ]);
    expect(aside[0]?.value.length).toBeLessThan(100_000);
    expect(faults).toEqual([]);
  });
});
