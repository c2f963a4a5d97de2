import { decode, fromRecord, topicsOf, type Broker } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import { openStore, everyTenant, type StoreLog } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { readAll } from '../kafka/read-all.js';

/** Facts of streams, from the commits of their owners. */
const ownersFacts = async (stack: Stack, log: StoreLog): Promise<Heard[]> => {
  const found: Heard[] = [];
  for (const { name, decides = [] } of definitions) {
    if (decides.length === 0) continue;
    const store = await openStore({ url: stack.mongoUrl, service: name, log });
    for await (const { envelope, bytes } of store.replay(everyTenant)) found.push({ envelope, message: decode(bytes) });
    await store.close();
  }
  return found;
};

/** Facts that belong to no stream (findings, receipts, which rules run) are carried by Kafka alone. */
const carriedFacts = async (broker: Broker): Promise<Heard[]> => {
  const topics = [...topicsOf({ subjects: ['finding', 'ruleset'], kind: 'events' }), 'vigie.telemetry.received'];
  const heard = (await readAll(broker, topics)).flatMap((record) => {
    try {
      return [fromRecord(record)];
    } catch (error) {
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
  return heard.filter(({ envelope }) => envelope.sequence === undefined);
};

/** Every fact that views are made of: each stream in order. */
export const factsForViews = async (stack: Stack, broker: Broker, log: StoreLog): Promise<Heard[]> => [
  ...(await ownersFacts(stack, log)),
  ...(await carriedFacts(broker)),
];
