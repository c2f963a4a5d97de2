import type { FindingRaised } from '#contracts';
import { fromRecord, toRecord } from '#libs/events';
import type { Envelope, Heard } from '#libs/model';
import { everyTenant } from '#libs/store';
import { startWorld, type World } from '#libs/testing';
import { detection } from '../src/detection.module.js';
import { at, batchOf, eventOf, LSASS_DUMP } from './samples.js';

describe('findings are kept, Kafka in and store out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([detection], { environment: { detection: { CHECKPOINT_EVERY_MS: '100' } } });
  });
  afterAll(async () => world?.stop());

  const store = () => world.services.detection!.runtime.store;
  const heard = (tenant: string): Heard<FindingRaised>[] => world.heard<FindingRaised>('finding.raised', tenant);
  const kept = async (tenant: string): Promise<Envelope[]> => {
    const found: Envelope[] = [];
    for await (const { envelope } of store().replay(everyTenant, ['findings']))
      if (envelope.tenant === tenant) found.push(envelope);
    return found;
  };
  const raise = async (tenant: string, computer: string) => {
    const native = { ...LSASS_DUMP, Computer: computer };
    await world.say(tenant, batchOf([eventOf(native, { entity: `host:${computer}` })]));
    return world.until(`a finding about ${computer}`, () =>
      heard(tenant).find(({ message }) => message.groupKey.includes(computer)),
    );
  };
  const untilKept = (tenant: string, count: number) =>
    world.until(`${count} kept of ${tenant}`, async () => {
      const found = await kept(tenant);
      return found.length >= count && found;
    });

  it('with their explanation and evidence, as they were published, each tenant in streams of its own', async () => {
    const { envelope } = await raise('acme', 'one.example.test');
    await raise('globex', 'two.example.test');
    expect(await untilKept('acme', 1)).toEqual([envelope]);
    await untilKept('globex', 1);
    for await (const { bytes, key, topic } of store().replay('acme', ['findings'])) {
      const record = { topic, key, value: bytes, partition: 0, offset: '0', timestamp: at, headers: {} };
      const { headers } = toRecord(envelope, heard('acme')[0]!.message);
      const { message } = fromRecord<FindingRaised>({ ...record, headers });
      expect(message.explanation.map(({ field }) => field)).toContain('CommandLine');
      expect(JSON.parse(message.events[0]!.native.toString('utf8'))).toMatchObject({ Computer: 'one.example.test' });
    }
  });

  it('once, though delivered twice and read again from the beginning, and are not published again', async () => {
    const first = heard('acme')[0]!;
    await world.publisher.send([toRecord(first.envelope, first.message)]);
    await raise('acme', 'three.example.test');
    await untilKept('acme', 2);
    await world.rewind('detection', 'keep');
    await raise('acme', 'four.example.test');
    await untilKept('acme', 3);
    const ids = (await kept('acme')).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(3);
    expect(heard('acme')).toHaveLength(3);
    expect((await store().chain.verify('acme')).problems).toEqual([]);
  });

  it('also those that were published just before the service ended', async () => {
    await world.services.detection!.stop();
    const { envelope, message } = heard('acme')[0]!;
    const late = { ...envelope, id: `late ${envelope.id}` };
    await world.publisher.send([toRecord(late, message)]);
    await world.restart('detection');
    const found = await untilKept('acme', 4);
    expect(found.at(-1)).toEqual(late);
  });

  it('and what cannot be read keeps nobody waiting', async () => {
    const topic = 'vigie.finding.events';
    await world.publisher.send([{ topic, key: 'acme', value: Buffer.from('broken'), headers: {} }]);
    const before = (await kept('acme')).length;
    await raise('acme', 'six.example.test');
    await untilKept('acme', before + 1);
    await world.until('a dead letter', () => world.deadLetters('detection').length > 0);
  });
});
