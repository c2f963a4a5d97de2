import { catalogue } from '#contracts';
import { existingTopics } from './partition-ranges.js';
import { writerOf } from './codec.js';
import { Unreadable } from './errors.js';
import { internalsOf } from './broker-internals.js';
import type { Broker, InRecord } from './port.js';
import { latestOf, learn, schemaById, type WrittenSchema } from './schemas.js';
import { SCHEMAS_TOPIC } from './topics.js';

const OURS = 'vigie.';
/** How long an id that was not found is not looked for again. */
const ABSENT_MS = 10_000;
const PATIENCE_MS = 60_000;

interface SchemaAnnouncement {
  type: string;
  version: number;
  schema: string;
}

const announcementOf = ({ key, value }: InRecord): Omit<WrittenSchema, 'topic'> => {
  const { type, version, schema } = JSON.parse(value.toString()) as SchemaAnnouncement;
  if (typeof type !== 'string' || typeof schema !== 'string' || !Number.isInteger(version))
    throw new Error('not an announcement');
  return { id: Number(key), type, version, schema };
};

/**
 * Reads `vigie.schemas` to its end; where there is no such topic, nothing is learned. What cannot be understood is left
 * alone.
 * @returns the ids announced there. @throws Fault when the broker does not answer within a minute.
 */
export const learnSchemas = async (broker: Broker): Promise<Set<number>> => {
  const { kafka, log } = internalsOf(broker);
  const found = new Set<number>();
  if ((await existingTopics(kafka, [SCHEMAS_TOPIC])).length === 0) return found;
  const hear = (record: InRecord): void => {
    try {
      const announced = announcementOf(record);
      found.add(announced.id);
      learn(announced);
    } catch (error) {
      log.debug({ key: record.key, reason: String(error) }, 'an announced schema is of no use here');
    }
  };
  const consumption = broker.consume({
    topics: [SCHEMAS_TOPIC],
    patienceMs: PATIENCE_MS,
    handle: async ({ records }) => records.forEach(hear),
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
  return found;
};

/** Announces the schemas this process writes with, where they are not yet known; at boot, before the first message. */
export const announceSchemas = async (broker: Broker): Promise<void> => {
  const known = await learnSchemas(broker);
  const missing = catalogue.filter((contract) => !known.has(contract.id) && latestOf(contract.type) === contract);
  const publisher = broker.publisher();
  try {
    await publisher.send(
      missing.map(({ id, type, version, schema }) => ({
        topic: SCHEMAS_TOPIC,
        key: String(id),
        value: Buffer.from(JSON.stringify({ type, version, schema })),
        headers: { 'content-type': 'application/json' },
      })),
    );
  } finally {
    await publisher.close();
  }
};

const unknownIn = ({ topic, value }: InRecord): boolean => {
  if (!topic.startsWith(OURS)) return false;
  try {
    writerOf(value);
    return false;
  } catch (error) {
    return error instanceof Unreadable && error.code === 'UNKNOWN_SCHEMA';
  }
};

/**
 * Before a batch is handled: a schema id not known, on one of our topics, is looked for among the announced ones, so
 * that this release reads what the next one writes. Partners' topics carry no Avro, and nothing is learned for them.
 */
export const schemaLearner = (broker: () => Broker): ((records: InRecord[]) => Promise<void>) => {
  const absent = new Map<number, number>();
  let learning: Promise<unknown> | undefined;
  return async (records) => {
    const ids = records.filter(unknownIn).map(({ value }) => value.readUInt32BE(1));
    const wanted = ids.filter((id) => (absent.get(id) ?? 0) < Date.now());
    if (wanted.length === 0) return;
    learning ??= learnSchemas(broker()).finally(() => {
      learning = undefined;
    });
    await learning;
    for (const id of wanted) if (!schemaById(id)) absent.set(id, Date.now() + ABSENT_MS);
  };
};
