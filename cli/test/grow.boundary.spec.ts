import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureTopics, partitionsOf, topicSpecs, type Broker, type Consumption, type InRecord } from '#libs/events';
import { openLog } from '#libs/service';
import { openStore } from '#libs/store';
import { until } from '#libs/testing';
import { startStack, type Stack } from '#stack';
import { adminBroker, growTopics, plannedGrowth } from '../src/index.js';

jest.setTimeout(180_000);

const TOPIC = 'vigie.telemetry.enriched';
const KEYS = Array.from({ length: 40 }, (_, index) => `t${index % 8}/${index}`);

describe('topics that grow', () => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-grow-'));
  const read: InRecord[] = [];
  let stack: Stack;
  let broker: Broker;
  let reading: Consumption | undefined;

  const detection = () => openStore({ url: stack.mongoUrl, service: 'detection', log: openLog('test', 'silent') });
  const send = async (round: number): Promise<void> => {
    const publisher = broker.publisher();
    await publisher.send(
      KEYS.map((key) => ({ topic: TOPIC, key, value: Buffer.from(`${key} ${round}`), headers: {} })),
    );
    await publisher.close();
  };
  const begin = async (): Promise<void> => {
    reading = broker.consume({
      groupId: 'vigie.detection.detect',
      topics: [TOPIC],
      handle: async ({ records }) => void read.push(...records),
    });
    await reading.ready();
  };
  const readAll = (rounds: number) => until('all to be read', () => read.length >= rounds * KEYS.length, 60_000);

  beforeAll(async () => {
    stack = await startStack({ dir });
    broker = adminBroker(stack);
    const few = topicSpecs({ partitions: 2 }).filter(({ topic }) => topic.startsWith('vigie.telemetry.'));
    await ensureTopics(broker, few);
  });
  afterAll(async () => {
    await reading?.stop();
    await broker?.close();
    await stack?.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('become no multiple, and none of them changes', async () => {
    await expect(plannedGrowth(broker, 5)).rejects.toMatchObject({ code: 'NO_MULTIPLE' });
    await expect(plannedGrowth(broker, 1)).rejects.toMatchObject({ code: 'NO_MULTIPLE' });
    expect(await partitionsOf(broker, [TOPIC])).toEqual({ [TOPIC]: 2 });
  });

  it('do so when all is read and nobody runs, take along what is kept, and keep the order of each key', async () => {
    const planned = await plannedGrowth(broker, 6);
    const grow = () => growTopics(stack, broker, planned, () => undefined);
    await begin();
    await send(1);
    await readAll(1);
    await expect(grow()).rejects.toMatchObject({ code: 'NOT_DRAINED' });
    await reading?.stop();
    await send(2);
    await expect(grow()).rejects.toThrow('unread still: vigie.detection.detect vigie.telemetry.enriched, 40');
    await begin();
    await readAll(2);
    await reading?.stop();
    const store = await detection();
    const { epoch } = await store.claimCheckpoint(TOPIC, 1);
    await store.saveCheckpoint({ topic: TOPIC, partition: 1, offset: '7', epoch, bytes: Buffer.from('kept') });
    await grow();
    expect(await store.loadCheckpoint(TOPIC, 5)).toMatchObject({ offset: '0', partitions: 6 });
    await store.close();
    expect(await partitionsOf(broker, [TOPIC])).toEqual({ [TOPIC]: 6 });
    expect(await plannedGrowth(broker, 6)).toEqual([]);
    await send(3);
    await begin();
    await readAll(3);
    for (const key of KEYS) {
      const own = read.filter((one) => one.key === key);
      expect(own.map(({ value }) => String(value))).toEqual([1, 2, 3].map((round) => `${key} ${round}`));
      expect((own[2]?.partition ?? 0) % 2).toBe(own[0]?.partition);
    }
    expect(new Set(read.slice(-KEYS.length).map(({ partition }) => partition)).size).toBe(6);
  });
});
