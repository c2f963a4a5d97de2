import { connectBroker, type AclRule, ensureAcls, ensureTopics } from '#libs/events';
import { openStore } from '#libs/store';
import type { Principal, Stack } from '#stack';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const client = (brokers: string[], who: Principal) =>
  connectBroker({ brokers, ...who, clientId: who.username, log: quiet });

/** Rejects when the broker refuses, or refuses for two seconds. */
export async function send(brokers: string[], who: Principal, topic: string, text: string): Promise<void> {
  const broker = client(brokers, who);
  const publisher = broker.publisher({ patienceMs: 2_000 });
  await publisher.send([{ topic, key: null, value: Buffer.from(text), headers: {} }]).finally(() => broker.close());
}

/** The first `count` values of a topic. */
export async function read(stack: Stack, topic: string, count: number): Promise<string[]> {
  const broker = client(stack.brokers, stack.admin);
  const values: string[] = [];
  await new Promise<void>((resolve) => {
    broker.consume({
      topics: [topic],
      handle: async ({ records }) => {
        values.push(...records.map(({ value }) => value.toString()));
        if (values.length >= count) resolve();
      },
    });
  });
  await broker.close();
  return values;
}

export async function createTopics(stack: Stack, topics: string[]): Promise<void> {
  const broker = client(stack.brokers, stack.admin);
  await ensureTopics(
    broker,
    topics.map((topic) => ({ topic, partitions: 1, config: {} })),
  ).finally(() => broker.close());
}

export async function allowWrite(stack: Stack, principal: string, topic: string): Promise<void> {
  const broker = client(stack.brokers, stack.admin);
  const rule: AclRule = { principal, operation: 'WRITE', resource: 'TOPIC', name: topic, pattern: 'LITERAL' };
  await ensureAcls(broker, [rule]).finally(() => broker.close());
}

/** What a checkpoint in the store says: written when given, else read. */
export async function remembered(stack: Stack, text?: string): Promise<string | undefined> {
  const store = await openStore({ url: stack.mongoUrl, service: 'stack', log: quiet });
  try {
    const place = { topic: 'kept', partition: 0 };
    if (text !== undefined) await store.saveCheckpoint({ ...place, offset: '1', epoch: 1, bytes: Buffer.from(text) });
    return (await store.loadCheckpoint(place.topic, place.partition))?.bytes.toString();
  } finally {
    await store.close();
  }
}
