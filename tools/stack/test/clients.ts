import { AclOperationTypes, AclPermissionTypes, AclResourceTypes, Kafka, logLevel, ResourcePatternTypes } from 'kafkajs';
import type { Principal, Stack } from '#stack';

export const client = (brokers: string[], { username, password }: Principal): Kafka =>
  new Kafka({ brokers, sasl: { mechanism: 'scram-sha-512', username, password }, logLevel: logLevel.NOTHING, retry: { retries: 2 } });

export async function send(brokers: string[], who: Principal, topic: string, value: string): Promise<void> {
  const producer = client(brokers, who).producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value }] }).finally(() => producer.disconnect());
}

/** The first `count` values of a topic, read by a new group. */
export async function read(stack: Stack, topic: string, count: number): Promise<string[]> {
  const consumer = client(stack.brokers, stack.admin).consumer({ groupId: `${topic}-${count}-${process.hrtime.bigint()}` });
  const values: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const eachMessage = async ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      values.push(String(message.value));
      if (values.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return values;
}

export async function createTopics(stack: Stack, topics: string[]): Promise<void> {
  const admin = client(stack.brokers, stack.admin).admin();
  await admin.connect();
  await admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 1 })) });
  await admin.disconnect();
}

export async function allowWrite(stack: Stack, name: string, topic: string): Promise<void> {
  const admin = client(stack.brokers, stack.admin).admin();
  await admin.connect();
  const rule = {
    principal: `User:${name}`, host: '*', operation: AclOperationTypes.WRITE, permissionType: AclPermissionTypes.ALLOW,
    resourceType: AclResourceTypes.TOPIC, resourceName: topic, resourcePatternType: ResourcePatternTypes.LITERAL,
  };
  await admin.createAcls({ acl: [rule] });
  await admin.disconnect();
}
