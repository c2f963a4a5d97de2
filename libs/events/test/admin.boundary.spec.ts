import { createHash } from 'node:crypto';
import 'reflect-metadata';
import { Controller } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { catalogue } from '#contracts';
import {
  announceSchemas,
  connectBroker,
  decode,
  dropAcls,
  encode,
  endOffsets,
  ensureAcls,
  ensureTopics,
  groupLag,
  groupPositions,
  KafkaEvents,
  learnSchemas,
  listAcls,
  listGroups,
  rewindGroup,
  schemaById,
  SCHEMAS_TOPIC,
  toRecord,
  topicSpecs,
  type Batch,
  type Broker,
  type TopicSpec,
} from '#libs/events';
import type { Typed } from '#libs/model';
import { line, listen, log, startTestStack, until, type TestStack } from './stack.js';

let world: TestStack;
let broker: Broker;
const plain = (topic: string, partitions = 1): TopicSpec => ({
  topic,
  partitions,
  config: { 'message.timestamp.type': 'LogAppendTime' },
});

beforeAll(async () => {
  world = await startTestStack(['partner']);
  broker = world.connect('tester');
});
afterAll(() => world.stop());

describe('ensureTopics', () => {
  it('creates what is missing, once', async () => {
    const specs = topicSpecs({ partitions: 2, services: ['cases'] });
    expect((await ensureTopics(broker, specs)).created).toHaveLength(specs.length);
    expect(await ensureTopics(broker, specs)).toEqual({ created: [], corrected: [], otherPartitions: [] });
  });

  it('corrects settings and leaves the others alone; names topics with other partitions', async () => {
    const topic = 'corrected';
    await ensureTopics(broker, [
      { topic, partitions: 1, config: { 'message.timestamp.type': 'CreateTime', 'segment.bytes': '2000000' } },
    ]);
    const wanted = { topic, partitions: 2, config: { 'message.timestamp.type': 'LogAppendTime' } };
    expect(await ensureTopics(broker, [wanted])).toEqual({ created: [], corrected: [topic], otherPartitions: [topic] });
    expect(
      await ensureTopics(broker, [{ topic, partitions: 1, config: { 'segment.bytes': '2000000', ...wanted.config } }]),
    ).toMatchObject({ corrected: [] });
  });
});

describe('groups', () => {
  it('can be rewound to the earliest offsets', async () => {
    await ensureTopics(broker, [plain('rewound')]);
    await broker.publisher().send([line('rewound', 'k', 'a'), line('rewound', 'k', 'b')]);
    const groupId = 'vigie.tester.rewound';
    const readAll = async (): Promise<string[]> => {
      const heard: string[] = [];
      const consumption = broker.consume({
        groupId,
        topics: ['rewound'],
        handle: async ({ records }) => void heard.push(...records.map(({ value }) => value.toString())),
      });
      await until('all', () => heard.length === 2);
      await consumption.stop();
      return heard;
    };
    expect(await readAll()).toEqual(['a', 'b']);
    expect(await listGroups(broker)).toContain(groupId);
    expect(await groupLag(broker, groupId)).toEqual([{ topic: 'rewound', partition: 0, lag: 0 }]);
    const [position] = await groupPositions(broker, groupId, 'rewound');
    expect(position).toEqual({ topic: 'rewound', partition: 0, next: '2', lag: 0 });
    expect(await groupPositions(broker, 'vigie.tester.never-was', 'rewound')).toMatchObject([{ next: '0', lag: 2 }]);
    expect(await groupPositions(broker, groupId, 'nowhere')).toEqual([]);
    await rewindGroup(broker, groupId);
    expect(await readAll()).toEqual(['a', 'b']);
    await rewindGroup(broker, 'vigie.tester.never-was');
  });

  it('reading alone from the end hears only what comes later', async () => {
    await ensureTopics(broker, [plain('alone')]);
    const publisher = broker.publisher();
    await publisher.send([line('alone', 'k', 'before')]);
    expect(await endOffsets(broker, 'alone')).toEqual({ 0: '1' });
    expect(await endOffsets(broker, 'nowhere')).toEqual({});
    const heard: string[] = [];
    const consumption = broker.consume({
      topics: ['alone'],
      fromBeginning: false,
      handle: async ({ records }) => void heard.push(...records.map(({ value }) => value.toString())),
    });
    await consumption.ready();
    await publisher.send([line('alone', 'k', 'after')]);
    await until('the later one', () => heard.length > 0);
    expect(heard).toEqual(['after']);
    await consumption.stop();
  });
});

describe('rights', () => {
  it('let a partner write its own topic and nothing else', async () => {
    await ensureTopics(broker, [plain('ingest.acme.okta'), plain('ingest.umbrella.okta')]);
    const rule = {
      principal: 'partner',
      operation: 'WRITE',
      resource: 'TOPIC',
      name: 'ingest.acme.okta',
      pattern: 'LITERAL',
    } as const;
    await ensureAcls(broker, [rule]);
    await ensureAcls(broker, [rule]);
    expect(await listAcls(broker, 'partner')).toEqual([rule]);
    const partner = connectBroker({
      brokers: world.stack.brokers,
      ...world.stack.userFor('partner'),
      clientId: 'partner',
      log,
    });
    const publisher = partner.publisher({ patienceMs: 1_000 });
    await publisher.send([line('ingest.acme.okta', 'k', 'mine')]);
    await expect(publisher.send([line('ingest.umbrella.okta', 'k', 'theirs')])).rejects.toThrow(
      'the broker did not take a record of ingest.umbrella.okta',
    );
    await partner.close();
    expect(await endOffsets(broker, 'ingest.umbrella.okta')).toEqual({ 0: '0' });
    await dropAcls(broker, 'partner');
    expect(await listAcls(broker, 'partner')).toEqual([]);
  });
});

describe('schemas', () => {
  it('are announced once, and learned', async () => {
    await announceSchemas(broker);
    const first = await endOffsets(broker, SCHEMAS_TOPIC);
    await announceSchemas(broker);
    expect(await endOffsets(broker, SCHEMAS_TOPIC)).toEqual(first);
    // Of a version whose enums have grown, the first in the catalogue is the present one; the others are only read.
    const present = new Map([...catalogue].reverse().map(({ type, version, id }) => [`${type}@${version}`, id]));
    const latest = new Map([...present].reverse().map(([version, id]) => [version.split('@')[0], id]));
    expect(await learnSchemas(broker)).toEqual(new Set(latest.values()));
  });

  it('of the next release are found when a message needs them', async () => {
    const own = catalogue.find(({ type }) => type === 'case.acknowledge');
    const schema = (own?.schema ?? '').replace('"fields":[', '"fields":[{"name":"added","type":"string"},');
    const id = createHash('sha256').update(schema).digest().readUInt32BE(0) >>> 1;
    const envelope = { id: 'a', type: 'case.acknowledge', source: 'gateway', subject: 'x', time: 1, tenant: 'acme' };
    const record = toRecord(envelope, { type: 'case.acknowledge', caseId: 'c1' } as Typed);
    const head = Buffer.alloc(5);
    head.writeUInt32BE(id, 1);
    const value = Buffer.concat([
      head,
      Buffer.from([6]),
      Buffer.from('new'),
      encode({ type: 'case.acknowledge', caseId: 'c1' } as Typed).subarray(5),
    ]);
    const announcement = {
      topic: SCHEMAS_TOPIC,
      key: String(id),
      value: Buffer.from(JSON.stringify({ type: 'case.acknowledge', version: 2, schema })),
      headers: {},
    };
    await broker.publisher().send([announcement, { ...record, value }]);
    expect(schemaById(id)).toBeUndefined();
    const { heard, consumption } = listen(broker, ['vigie.case.requests']);
    await consumption.ready();
    expect(heard.map((one) => decode(one.value))).toEqual([{ type: 'case.acknowledge', caseId: 'c1' }]);
    await consumption.stop();
  });
});

describe('KafkaEvents', () => {
  it('gives batches to Nest, again after a failure', async () => {
    await ensureTopics(broker, [plain('nest')]);
    const batches: string[][] = [];
    class Hearing {
      async hear(batch: Batch): Promise<void> {
        batches.push(batch.records.map(({ value }) => value.toString()));
        if (batches.length === 1) throw new Error('not yet');
      }
    }
    EventPattern('nest')(
      Hearing.prototype,
      'hear',
      Object.getOwnPropertyDescriptor(Hearing.prototype, 'hear') as PropertyDescriptor,
    );
    Payload()(Hearing.prototype, 'hear', 0);
    Controller()(Hearing);
    class Root {}
    const strategy = new KafkaEvents(broker, { groupId: 'vigie.tester.nest' });
    const app = await NestFactory.createMicroservice(
      { module: Root, controllers: [Hearing] },
      { strategy, logger: false },
    );
    await broker.publisher().send([line('nest', 'k', 'one'), line('nest', 'k', 'two')]);
    await app.listen();
    await until('the second attempt', () => batches.length === 2);
    expect(batches).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    expect(strategy.health().map(({ ok }) => ok)).toEqual([true]);
    await app.close();
    expect(await groupLag(broker, 'vigie.tester.nest.nest')).toEqual([{ topic: 'nest', partition: 0, lag: 0 }]);
  });
});
