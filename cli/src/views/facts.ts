import { decode, fromRecord, topicsOf, type Broker } from '#libs/events';
import { Unreadable, type Heard } from '#libs/model';
import { hasStreams } from '#libs/service';
import { openStore, everyTenant, type StoreLog } from '#libs/store';
import type { Stack } from '#stack';
import { definitions } from '../pages/definitions.js';
import { readAll } from '../kafka/read-all.js';
import { erasedAmong } from './erased.js';
import { withoutCarried } from './receipts.js';

/** All when not said. */
type Tenants = readonly string[] | undefined;

/** Facts that their owners keep: of streams, and those that Kafka carried first (findings, receipts). */
const ownersFacts = async (stack: Stack, log: StoreLog, tenants: Tenants): Promise<Heard[]> => {
  const found: Heard[] = [];
  for (const { name } of definitions.filter(hasStreams)) {
    const store = await openStore({ url: stack.mongoUrl, service: name, log });
    for (const tenant of tenants ?? [everyTenant])
      for await (const { envelope, bytes } of store.replay(tenant)) found.push({ envelope, message: decode(bytes) });
    await store.close();
  }
  return found;
};

/** What Kafka carries and nobody keeps yet: findings and which rules run of this moment, receipts of the last hour. */
const carriedFacts = async (broker: Broker, kept: ReadonlySet<string>, tenants: Tenants): Promise<Heard[]> => {
  const topics = [...topicsOf({ subjects: ['finding', 'ruleset'], kind: 'events' }), 'vigie.telemetry.received'];
  const heard = (await readAll(broker, topics)).flatMap((record) => {
    try {
      return [fromRecord(record)];
    } catch (error) {
      if (error instanceof Unreadable) return [];
      throw error;
    }
  });
  return heard.filter(
    ({ envelope: { id, sequence, tenant } }) =>
      sequence === undefined && !kept.has(id) && (tenants?.includes(tenant) ?? true),
  );
};

/** Every fact that views are made of, or those of some tenants: each stream in order, and each once. */
export const factsForViews = async (
  stack: Stack,
  broker: Broker,
  log: StoreLog,
  tenants?: readonly string[],
): Promise<Heard[]> => {
  const owned = await ownersFacts(stack, log, tenants);
  const kept = new Set(
    owned.flatMap(({ envelope: { id, sequence, type } }) =>
      sequence === undefined && type !== 'telemetry.received' ? [id] : [],
    ),
  );
  const isErased = erasedAmong(owned);
  const carried = (await carriedFacts(broker, kept, tenants)).filter((one) => !isErased(one));
  return [...withoutCarried(owned, carried), ...carried];
};
