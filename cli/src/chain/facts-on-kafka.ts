import { envelopeOf, topicsOf, type Broker, type InRecord } from '#libs/events';
import { Unreadable, type Envelope } from '#libs/model';
import { definitions } from '../pages/definitions.js';

/** A fact as Kafka carries it. */
export interface FactOnKafka {
  envelope: Envelope;
  bytes: Buffer;
}

const ANCHOR_SUBJECTS = ['anchor'];
const SUBJECTS = [
  ...definitions.flatMap(({ decides = [] }) => decides.map(({ subject }) => subject)),
  'erasure',
  'request',
  ...ANCHOR_SUBJECTS,
];

const carriedIn = (record: InRecord): FactOnKafka[] => {
  try {
    return record.value.length > 0 ? [{ envelope: envelopeOf(record.headers), bytes: record.value }] : [];
  } catch (error) {
    // Not one of ours, whatever it is: nothing in a store answers to it.
    if (error instanceof Unreadable) return [];
    throw error;
  }
};

/** Reads what stands in the topics now; `take` gets it in pieces, one after the other. */
const read = async (
  broker: Broker,
  topics: string[],
  take: (carried: FactOnKafka[]) => Promise<void>,
): Promise<void> => {
  const consumption = broker.consume({
    topics,
    fromBeginning: true,
    handle: ({ records }) => take(records.flatMap(carriedIn)),
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
};

/** The facts of all streams that Kafka still carries. */
export const readFacts = (broker: Broker, take: (carried: FactOnKafka[]) => Promise<void>): Promise<void> =>
  read(broker, topicsOf({ subjects: SUBJECTS, kind: 'events' }), take);

export const readAnchors = async (broker: Broker): Promise<FactOnKafka[]> => {
  const found: FactOnKafka[] = [];
  await read(
    broker,
    topicsOf({ subjects: ANCHOR_SUBJECTS, kind: 'events' }),
    async (carried) => void found.push(...carried),
  );
  return found;
};
