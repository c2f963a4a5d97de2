import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } from 'kafkajs';
import { attachStack, type Principal, type Stack, startStack } from '#stack';

describe('a local stack', () => {
  let dir = '';
  let stack: Stack;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'vigie-stack-'));
    stack = await startStack({ dir, users: ['partner'], wipe: true });
  });
  afterAll(async () => {
    await stack.stop();
    await rm(dir, { recursive: true });
  });

  const client = (brokers: string[], { username, password }: Principal): Kafka =>
    new Kafka({ brokers, sasl: { mechanism: 'scram-sha-512', username, password }, logLevel: logLevel.NOTHING, retry: { retries: 2 } });

  const send = async (brokers: string[], who: Principal, topic: string, value: string): Promise<void> => {
    const producer = client(brokers, who).producer();
    await producer.connect();
    await producer.send({ topic, messages: [{ value }] }).finally(() => producer.disconnect());
  };

  const readAll = async (topic: string, count: number): Promise<string[]> => {
    const consumer = client(stack.brokers, stack.admin).consumer({ groupId: `reader-${count}` });
    const values: string[] = [];
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const run = consumer.run({
        eachMessage: async ({ message }) => {
          values.push(String(message.value));
          if (values.length === count) resolve();
        },
      });
      run.catch(reject);
    });
    await consumer.disconnect();
    return values;
  };

  const allowWrite = async (name: string, topic: string): Promise<void> => {
    const admin = client(stack.brokers, stack.admin).admin();
    await admin.connect();
    await admin.createAcls({
      acl: [{
        principal: `User:${name}`, host: '*', operation: AclOperationTypes.WRITE, permissionType: AclPermissionTypes.ALLOW,
        resourceType: AclResourceTypes.TOPIC, resourceName: topic, resourcePatternType: ResourcePatternTypes.LITERAL,
      }],
    });
    await admin.disconnect();
  };

  it('carries what its super user writes', async () => {
    const admin = client(stack.brokers, stack.admin).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic: 'own', numPartitions: 1 }, { topic: 'foreign', numPartitions: 1 }] });
    await admin.disconnect();
    await send(stack.brokers, stack.admin, 'own', 'one');
    expect(await readAll('own', 1)).toEqual(['one']);
  });
});
