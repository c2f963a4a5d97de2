import { ensureTopics, ingestTopicSpec, type Broker, type TopicSpec, type UnreadableRecord } from '#libs/events';
import { COMPRESSIONS, LZ4_MAGIC, sendPacked, spoil } from './packing.js';
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

describe('what partners pack', () => {
  const stored = (topic: string): TopicSpec => {
    const { config } = ingestTopicSpec('acme', 'any');
    return { topic, partitions: 1, config };
  };
  const calm = 'ingest.globex.calm';

  /** All of some topics, while somebody else is heard too. */
  const readAll = async (group: string, topics: string[], whole: (heard: string[]) => boolean) => {
    const heard: string[] = [];
    const aside: UnreadableRecord[] = [];
    const faults: Error[] = [];
    const consumption = broker.consume({
      groupId: `vigie.tester.${group}`,
      topics,
      onFault: (error) => faults.push(error),
      handle: async ({ records }) => void heard.push(...records.map(({ value }) => value.toString())),
      unreadable: async (record) => void aside.push(record),
    });
    await until('all that can be read', () => whole(heard), 60_000);
    await consumption.stop();
    expect(faults).toEqual([]);
    return { heard, aside };
  };

  it('is read, whichever compression they choose', async () => {
    const topics = COMPRESSIONS.map((by) => `ingest.acme.${by}`);
    await ensureTopics(broker, topics.map(stored));
    for (const by of COMPRESSIONS)
      await sendPacked(
        broker,
        `ingest.acme.${by}`,
        by,
        numbers(100).map((n) => Buffer.from(`${by} ${n}`)),
      );
    const { heard, aside } = await readAll('packed', topics, ({ length }) => length === 100 * COMPRESSIONS.length);
    expect(aside).toEqual([]);
    for (const by of COMPRESSIONS)
      expect(heard.filter((text) => text.startsWith(by))).toEqual(numbers(100).map((n) => `${by} ${n}`));
  });

  it('is set aside with its place where it unpacks to too much: what is before and behind it, and others, are read', async () => {
    await ensureTopics(broker, [stored('ingest.acme.bomb'), plain(calm, 1)]);
    const publisher = broker.publisher();
    const huge = numbers(9).map(() => Buffer.alloc(4 * 1024 * 1024));
    // Of snappy 1 MiB holds 21 at most.
    for (const by of ['gzip', 'lz4', 'zstd']) {
      await publisher.send([line('ingest.acme.bomb', 'k', `before ${by}`)]);
      await sendPacked(broker, 'ingest.acme.bomb', by, huge);
    }
    await publisher.send([line('ingest.acme.bomb', 'k', 'behind'), line(calm, 'k', 'calm')]);
    const { heard, aside } = await readAll(
      'bomb',
      ['ingest.acme.bomb', calm],
      (found) => found.includes('behind') && found.includes('calm'),
    );
    expect(heard.sort()).toEqual(['before gzip', 'before lz4', 'before zstd', 'behind', 'calm']);
    expect(aside.map(({ offset, unreadable: { code, count } }) => [offset, code, count])).toEqual([
      ['9', 'TOO_LARGE', 9],
      ['19', 'TOO_LARGE', 9],
      ['29', 'BAD_COMPRESSION', 9],
    ]);
    expect(Math.max(...aside.map(({ value }) => value.length))).toBeLessThan(1_048_576);
  });

  it('is set aside where the broker has it broken, packed or not', async () => {
    if (world.stack.kind !== 'local') return;
    const topic = 'ingest.acme.broken';
    await ensureTopics(broker, [stored(topic), plain(calm, 1)]);
    const publisher = broker.publisher();
    const send = (text: string) => publisher.send([line(topic, 'k', text)]);
    for (const text of ['length', 'before', 'headers']) await send(text);
    await sendPacked(broker, topic, 'lz4', [Buffer.from('packed')]);
    for (const text of ['unknown', 'behind']) await send(text);
    await publisher.send([line(calm, 'k', 'calm')]);
    // The length of a value stands before it, the number of headers behind it, the batch's compression 41 bytes before.
    spoil(world.dir, topic, 'length', -1, Buffer.of(0x7e));
    spoil(world.dir, topic, 'headers', 7, Buffer.of(0x7e));
    spoil(world.dir, topic, LZ4_MAGIC, 0, Buffer.alloc(4));
    spoil(world.dir, topic, 'unknown', -46, Buffer.of(7));
    const { heard, aside } = await readAll(
      'broken',
      [topic, calm],
      (found) => found.includes('behind') && found.includes('calm'),
    );
    expect(heard.filter((text) => text !== 'calm')).toEqual(['before', 'behind']);
    expect(aside.map(({ offset, unreadable: { code } }) => [offset, code])).toEqual([
      ['0', 'BAD_RECORDS'],
      ['2', 'BAD_RECORDS'],
      ['3', 'BAD_RECORDS'],
      ['4', 'BAD_RECORDS'],
    ]);
  });
});
