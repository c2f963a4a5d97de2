import {
  deadLetterTopic,
  listTopics,
  readDeadLetter,
  recordToRetry,
  toRetry,
  type Broker,
  type DeadLetter,
  type InRecord,
  type LostRange,
  type OutRecord,
} from '#libs/events';
import { SERVICES } from '#libs/terms';

/** Which dead letters are meant. */
export interface LetterFilter {
  service?: string;
  tenant?: string;
  code?: string;
  id?: string;
}

const isWanted =
  ({ service, tenant, code, id }: LetterFilter) =>
  (letter: DeadLetter): boolean =>
    (!service || letter.service === service) &&
    (!tenant || letter.tenant === tenant) &&
    (!code || letter.code === code) &&
    (!id || letter.id === id);

/** Hands over every wanted letter once, however often its loss was told; none of them is kept. */
export const eachLetter = async (
  broker: Broker,
  wanted: LetterFilter,
  handle: (letter: DeadLetter, setAsideAt: number) => Promise<void> | void,
): Promise<void> => {
  const seen = new Set<string>();
  const meant = isWanted(wanted);
  const services = wanted.service ? SERVICES.filter((one) => one === wanted.service) : SERVICES;
  const consumption = broker.consume({
    topics: services.map(deadLetterTopic),
    fromBeginning: true,
    handle: async ({ records }) => {
      for (const record of records) {
        const letter = readDeadLetter(record);
        if (seen.has(letter.id) || !meant(letter)) continue;
        seen.add(letter.id);
        await handle(letter, record.timestamp);
      }
    },
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
};

/** What of a range is still there. Records that are gone are those the broker has deleted by their age. */
const eachRecord = async (
  broker: Broker,
  { topic, partition, from, to }: LostRange,
  handle: (record: InRecord) => Promise<void>,
): Promise<void> => {
  if (!(await listTopics(broker)).includes(topic)) return;
  const consumption = broker.consume({
    topics: [topic],
    fromBeginning: true,
    handle: async ({ partition: own, records }) => {
      if (own !== partition) return;
      for (const record of records)
        if (BigInt(record.offset) >= BigInt(from) && BigInt(record.offset) <= BigInt(to)) await handle(record);
    },
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
};

export interface LetterReplay {
  /** Records sent to the services that lost them. */
  sent: number;
  /** Why a letter, or a part of what it stands for, could not be sent. */
  left: { id: string; reason: string }[];
}

/**
 * Sends a letter's original again; of a letter that stands for records it does not hold, those records, from where they
 * lie.
 */
export const replayLetter = async (
  broker: Broker,
  letter: DeadLetter,
  send: (records: OutRecord[]) => Promise<void>,
): Promise<LetterReplay> => {
  const { id, service, cut, ranges } = letter;
  if (cut) return { sent: 0, left: [{ id, reason: 'its bytes were too large to keep' }] };
  if (!ranges) {
    await send([toRetry(letter)]);
    return { sent: 1, left: [] };
  }
  const told: LetterReplay = { sent: 0, left: [] };
  for (const range of ranges) {
    let [first, sent] = [undefined as string | undefined, 0];
    await eachRecord(broker, range, async (record) => {
      first ??= record.offset;
      sent += 1;
      await send([recordToRetry(service, record)]);
    });
    told.sent += sent;
    const place = `${range.topic}/${range.partition}`;
    if (first === undefined)
      told.left.push({ id, reason: `nothing of ${place}, ${range.from} to ${range.to}, is there any more` });
    else if (BigInt(first) > BigInt(range.from))
      told.left.push({ id, reason: `of ${place} what is before ${first} is gone: ${range.from} was asked for` });
  }
  return told;
};
