import { deadLetterTopic, fromRecord, topicsOf, type Broker, type InRecord } from '#libs/events';
import type { Heard, Typed } from '#libs/model';
import { SERVICES } from '#libs/terms';

/** Hears everything the services say, from the beginning. */
export interface HeardMessages {
  /** Once each by id, in the order heard. */
  heard<M extends Typed>(type: M['type'], tenant: string): Heard<M>[];
  /** How often a message came, redeliveries included. */
  times(id: string): number;
  deadLetters(service: string): InRecord[];
  stop(): Promise<void>;
}

export const hearMessages = async (broker: Broker): Promise<HeardMessages> => {
  const all = new Map<string, Heard>();
  const counts = new Map<string, number>();
  const dead = new Map<string, InRecord[]>();
  const take = (record: InRecord): void => {
    if (record.topic.endsWith('.dead-letter')) {
      dead.set(record.topic, [...(dead.get(record.topic) ?? []), record]);
      return;
    }
    const one = fromRecord(record);
    counts.set(one.envelope.id, (counts.get(one.envelope.id) ?? 0) + 1);
    if (!all.has(one.envelope.id)) all.set(one.envelope.id, one);
  };
  const consumption = broker.consume({
    topics: [...topicsOf({ kind: 'events' }), ...SERVICES.map(deadLetterTopic)],
    fromBeginning: true,
    handle: async ({ records }) =>
      records.forEach((record) => {
        try {
          take(record);
        } catch {
          // A test that sends what nobody can read looks for the dead letter, not here.
        }
      }),
  });
  await consumption.ready();
  return {
    heard: <M extends Typed>(type: M['type'], tenant: string) =>
      [...all.values()].filter(({ envelope }) => envelope.type === type && envelope.tenant === tenant) as Heard<M>[],
    times: (id) => counts.get(id) ?? 0,
    deadLetters: (service) => dead.get(deadLetterTopic(service)) ?? [],
    stop: () => consumption.stop(),
  };
};
