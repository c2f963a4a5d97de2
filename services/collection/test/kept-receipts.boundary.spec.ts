import type { TelemetryReceived } from '#contracts';
import { decode } from '#libs/events';
import { HOUR_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { collection } from '../src/collection.module.js';

const receipt = (tenant: string, fromOffset: number, toOffset: number): TelemetryReceived => ({
  type: 'telemetry.received',
  source: 'edr',
  topic: `ingest.${tenant}.edr`,
  partition: 0,
  fromOffset,
  toOffset,
  messages: toOffset - fromOffset + 1,
  accepted: 10,
  dead: 0,
  unrecognised: 0,
  bytes: 100,
  firstOccurredAt: null,
  lastOccurredAt: null,
  hosts: [],
});

describe('receipts are kept, Kafka in and store out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([collection], { environment: { collection: { HTTP_PORT: '0' } } });
  });
  afterAll(async () => world?.stop());

  const kept = async (tenant: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const { bytes } of world.services.collection!.runtime.store.replay(tenant, ['receipts'])) {
      const { fromOffset, toOffset, accepted } = decode(bytes) as TelemetryReceived;
      found.push(`${fromOffset}-${toOffset}: ${accepted}`);
    }
    return found;
  };
  const untilKept = (tenant: string, ranges: string[]) =>
    world.until(`${ranges.join()} of ${tenant}`, async () => {
      world.clock.advance(HOUR_MS);
      return JSON.stringify(await kept(tenant)) === JSON.stringify(ranges);
    });

  it('folded, by tenant, delivered twice, and after a restart before the hour was over', async () => {
    const time = world.clock.now();
    for (const tenant of ['acme', 'globex'])
      for (const [from, to] of [
        [0, 4],
        [5, 9],
        [5, 9],
      ] as const)
        await world.say(tenant, receipt(tenant, from, to), { time });
    await world.restart('collection');
    await world.say('acme', receipt('acme', 10, 14), { time });
    await untilKept('acme', ['0-14: 30']);
    await untilKept('globex', ['0-9: 20']);
    expect((await world.services.collection!.runtime.store.chain.verify('acme')).problems).toEqual([]);
  });
});
