import {
  deadLetters,
  deadLetterTopic,
  eachReadable,
  ensureTopics,
  readDeadLetter,
  toRecord,
  type Broker,
  type InRecord,
  type TopicSpec,
} from '#libs/events';
import type { Envelope, Typed } from '#libs/model';
import { line, listen, startTestStack, until, type TestStack } from './stack.js';

let world: TestStack;
let broker: Broker;

const plain = (topic: string, partitions = 2): TopicSpec => ({
  topic,
  partitions,
  config: { 'message.timestamp.type': 'LogAppendTime' },
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const textOf = ({ value }: InRecord): string => value.toString();

beforeAll(async () => {
  world = await startTestStack();
  broker = world.connect('tester');
});
afterAll(() => world.stop());

describe('publish and consume', () => {
  it("keeps the order of each key and hands over key, headers and the broker's time", async () => {
    await ensureTopics(broker, [plain('order', 4)]);
    const publisher = broker.publisher();
    const before = Date.now();
    await Promise.all(
      numbers(300).map((n) =>
        publisher.send([{ ...line('order', `k${n % 7}`, String(n)), headers: { n: String(n) } }]),
      ),
    );
    const { heard, consumption } = listen(broker, ['order']);
    await consumption.ready();
    expect(heard).toHaveLength(300);
    for (const key of numbers(7).map((n) => `k${n}`)) {
      const own = heard.filter((record) => record.key === key).map((record) => Number(textOf(record)));
      expect(own).toEqual([...own].sort((a, b) => a - b));
    }
    expect(
      heard.every(({ headers, value, timestamp }) => headers['n'] === value.toString() && timestamp >= before - 1_000),
    ).toBe(true);
    expect(heard.filter(({ partition }) => partition > 0).length).toBeGreaterThan(0);
    await consumption.stop();
  });

  it('delivers a batch again after its handler threw, and commits only what is done', async () => {
    await ensureTopics(broker, [plain('again', 1)]);
    await broker.publisher().send(numbers(10).map((n) => line('again', 'k', String(n))));
    const seen: string[][] = [];
    const first = broker.consume({
      groupId: 'vigie.tester.again',
      topics: ['again'],
      handle: async ({ records }) => {
        seen.push(records.map(textOf));
        if (seen.length < 3) throw new Error('not yet');
      },
    });
    await until('the third attempt', () => seen.length === 3);
    await first.stop();
    expect(seen).toEqual([seen[0], seen[0], seen[0]]);
    expect(seen[0]).toEqual(numbers(10).map(String));

    await broker.publisher().send([line('again', 'k', 'next')]);
    const later: string[] = [];
    const second = broker.consume({
      groupId: 'vigie.tester.again',
      topics: ['again'],
      handle: async ({ records }) => void later.push(...records.map(textOf)),
    });
    await until('the next record', () => later.length > 0);
    expect(later).toEqual(['next']);
    await second.stop();
  });

  it('ends in a fault when a handler keeps throwing', async () => {
    await ensureTopics(broker, [plain('faulty', 1)]);
    await broker.publisher().send([line('faulty', 'k', 'x')]);
    const faults: Error[] = [];
    const consumption = broker.consume({
      groupId: 'vigie.tester.faulty',
      topics: ['faulty'],
      patienceMs: 300,
      handle: () => Promise.reject(new Error('never')),
      onFault: (error) => faults.push(error),
    });
    await until('the fault', () => faults.length > 0);
    expect(faults.map(({ message }) => message)).toEqual(['never']);
    expect(consumption.health()).toMatchObject({ ok: false, crashed: 'never' });
    await consumption.stop();
  });

  it('commits by hand, and begins where the owner says', async () => {
    await ensureTopics(broker, [plain('manual', 1)]);
    await broker.publisher().send(numbers(10).map((n) => line('manual', 'k', String(n))));
    const read = async (
      groupId: string,
      onAssigned?: () => Promise<{ topic: string; partition: number; offset: string }[]>,
    ): Promise<string[]> => {
      const heard: string[] = [];
      const consumption = broker.consume({
        groupId,
        topics: ['manual'],
        commits: 'manual',
        onAssigned,
        handle: async ({ records }) => void heard.push(...records.map(textOf)),
      });
      await until('the last record', () => heard.includes('9'));
      await consumption.commit([{ topic: 'manual', partition: 0, next: '6' }]);
      await consumption.stop();
      return heard;
    };
    expect(await read('vigie.tester.manual')).toHaveLength(10);
    expect(await read('vigie.tester.manual')).toEqual(['6', '7', '8', '9']);
    expect(await read('vigie.tester.manual', async () => [{ topic: 'manual', partition: 0, offset: '8' }])).toEqual([
      '8',
      '9',
    ]);
  });
});

describe('dead letters', () => {
  it('take the unreadable, whole; the next good message is processed', async () => {
    await ensureTopics(broker, [plain('vigie.case.events', 1), plain(deadLetterTopic('tester'), 1)]);
    const fact = { type: 'case.acknowledged', caseId: 'c1', by: { subject: 'ada', side: 'PROVIDER' }, at: 5 } as Typed;
    const envelope: Envelope = {
      id: 'a',
      type: fact.type,
      source: 'cases',
      subject: 'case/acme/c1',
      time: 1,
      tenant: 'acme',
    };
    const good = toRecord(envelope, fact);
    const junk = { ...good, value: Buffer.from('{"not":"avro"}') };
    const unknown = { ...good, value: Buffer.from([0, 1, 2, 3, 4, 5]) };
    const foreign = { ...good, key: 'umbrella/c1' };
    const publisher = broker.publisher();
    await publisher.send([junk, unknown, foreign, good]);
    const read: Typed[] = [];
    const consumption = broker.consume({
      groupId: 'vigie.tester.dead',
      topics: ['vigie.case.events'],
      handle: (batch) =>
        eachReadable(batch, deadLetters(publisher, 'tester'), ({ message }) => void read.push(message)),
    });
    await until('the good message', () => read.length > 0);
    await consumption.stop();
    expect(read).toEqual([fact]);
    const { heard, consumption: reading } = listen(broker, [deadLetterTopic('tester')]);
    await reading.ready();
    const letters = heard.map(readDeadLetter);
    expect(letters.map(({ code, original }) => [code, original.offset])).toEqual([
      ['NOT_FRAMED', '0'],
      ['UNKNOWN_SCHEMA', '1'],
      ['WRONG_TENANT', '2'],
    ]);
    expect(letters[0]).toMatchObject({
      service: 'tester',
      tenant: 'acme',
      original: { topic: 'vigie.case.events', key: 'acme/c1', value: junk.value, headers: good.headers },
    });
    await reading.stop();
  });
});

describe('the publisher', () => {
  it('refuses an oversized record alone: its neighbours are sent', async () => {
    await ensureTopics(broker, [
      { ...plain('small', 1), config: { 'max.message.bytes': '20000' } },
      plain('beside', 1),
    ]);
    const publisher = broker.publisher();
    const outcomes = await Promise.allSettled([
      publisher.send([line('small', 'k', 'one')]),
      publisher.send([line('small', 'k', 'x'.repeat(5_000_000))]),
      publisher.send([line('small', 'k', 'y'.repeat(30_000))]),
      publisher.send([line('beside', 'k', 'two')]),
      publisher.send([line('small', 'k', 'three')]),
      publisher.send([line('no-such-topic', 'k', 'four')]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    const { texts, consumption } = listen(broker, ['small', 'beside']);
    await consumption.ready();
    expect([...new Set(texts())].sort()).toEqual(['one', 'three', 'two']);
    await consumption.stop();
    await publisher.send([line('beside', 'k', 'later')]);
  });
});

describe('topics', () => {
  it('picks up a topic that appears later', async () => {
    await ensureTopics(broker, [plain('ingest.acme.one', 1)]);
    const names = ['ingest.acme.one', 'ingest.acme.two'];
    const heard: string[] = [];
    const consumption = broker.consume({
      groupId: 'vigie.tester.later',
      topics: async () => names,
      refreshMs: 200,
      handle: async ({ records }) => void heard.push(...records.map(textOf)),
    });
    await consumption.ready();
    const publisher = broker.publisher();
    await publisher.send([line('ingest.acme.one', 'k', 'a')]);
    await until('the first topic', () => heard.includes('a'));
    await ensureTopics(broker, [plain('ingest.acme.two', 1)]);
    await publisher.send([line('ingest.acme.two', 'k', 'b')]);
    await until('the second topic', () => heard.includes('b'));
    expect(heard).toEqual(['a', 'b']);
    await consumption.stop();
  });

  it('are all read when the members of a group list different ones', async () => {
    const topics = ['left', 'right', 'both'];
    await ensureTopics(
      broker,
      topics.map((topic) => plain(topic, 3)),
    );
    const heard: string[] = [];
    const join = (own: string[]) =>
      world.connect('tester').consume({
        groupId: 'vigie.tester.different',
        topics: own,
        handle: async ({ records }) => void heard.push(...records.map(textOf)),
      });
    const members = [join(['left', 'both']), join(['right', 'both'])];
    await Promise.all(members.map((member) => member.ready()));
    const publisher = broker.publisher();
    await publisher.send(topics.flatMap((topic) => numbers(30).map((n) => line(topic, `k${n}`, `${topic} ${n}`))));
    await until('all records', () => new Set(heard).size === 90);
    await Promise.all(members.map((member) => member.stop()));
  });
});

describe('a broker that dies', () => {
  it('loses nothing and stops nobody', async () => {
    await ensureTopics(broker, [plain('stream', 3)]);
    const heard = new Set<string>();
    const faults: Error[] = [];
    const consumption = broker.consume({
      groupId: 'vigie.tester.stream',
      topics: ['stream'],
      handle: async ({ records }) => records.forEach((record) => heard.add(textOf(record))),
      onFault: (error) => faults.push(error),
    });
    const alone = listen(broker, ['stream']);
    await Promise.all([consumption.ready(), alone.consumption.ready()]);
    const publisher = broker.publisher();
    const acknowledged = new Set<string>();
    const send = async (from: number): Promise<void> => {
      for (let n = from; n < from + 300; n += 10) {
        const some = numbers(10).map((more) => String(n + more));
        await publisher.send(some.map((text) => line('stream', `k${text}`, text)));
        some.forEach((text) => acknowledged.add(text));
      }
    };
    const sending = Promise.all([0, 300, 600, 900].map(send));
    await until('some of the stream', () => acknowledged.size > 100);
    await world.stack.killBroker();
    await until(
      'the consumers give up waiting',
      () => [consumption, alone.consumption].every((one) => one.health().crashed !== undefined),
      60_000,
    );
    await world.stack.startBroker();
    await sending;
    expect(acknowledged.size).toBe(1_200);
    await until('the whole stream, by the group', () => heard.size === 1_200, 60_000);
    await until('the whole stream, alone', () => new Set(alone.texts()).size === 1_200, 60_000);
    expect(faults).toEqual([]);
    expect(consumption.health().ok).toBe(true);
    await Promise.all([consumption.stop(), alone.consumption.stop()]);
  });
});
