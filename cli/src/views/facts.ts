import { decode, fromRecord, topicsOf, type Broker } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import { openStore, everyTenant, type StoreLog } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { readAll } from '../kafka/read-all.js';

/** Facts that their owners keep: of streams, and those that Kafka carried first (findings). */
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

/**
 * What Kafka carries and nobody keeps: receipts, which rules run, and findings of this moment, which are about to be
 * kept.
 */
const carriedFacts = async (broker: Broker, kept: ReadonlySet<string>): Promise<Heard[]> => {
  const topics = [...topicsOf({ subjects: ['finding', 'ruleset'], kind: 'events' }), 'vigie.telemetry.received'];
  const heard = (await readAll(broker, topics)).flatMap((record) => {
    try {
      return [fromRecord(record)];
    } catch (error) {
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
  return heard.filter(({ envelope: { id, sequence } }) => sequence === undefined && !kept.has(id));
};

/** Every fact that views are made of: each stream in order, and each once. */
export const factsForViews = async (stack: Stack, broker: Broker, log: StoreLog): Promise<Heard[]> => {
  const owned = await ownersFacts(stack, log);
  const kept = new Set(owned.flatMap(({ envelope: { id, sequence } }) => (sequence === undefined ? [id] : [])));
  return [...owned, ...(await carriedFacts(broker, kept))];
};
