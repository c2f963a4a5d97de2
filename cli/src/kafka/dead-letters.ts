import {
  deadLetterTopic,
  listTopics,
  noted,
  noteOn,
  readDeadLetter,
  recordToRetry,
  retryTopic,
  toRetry,
  type Broker,
  type DeadLetter,
  type InRecord,
  type LostRange,
  type OutRecord,
} from '#libs/events';
import { SERVICES } from '#libs/terms';
import { eachOf } from './read-all.js';

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

/** A letter as it was told last. */
export interface ToldLetter {
  letter: DeadLetter;
  setAsideAt: number;
  /** Offset on its topic; all letters of one id lie in one partition. */
  toldAt: string;
  /** How often it was sent again, and failed. */
  failed: number;
}

interface OpenLetter {
  /** Where it was told last. */
  last: bigint;
  /** Where it had been told when it was sent again: each once, however often that was. */
  sent: Set<string>;
}

/** The letters there are, but for those that have been sent again since: they are told anew if they fail. */
const openLetters = async (broker: Broker, services: readonly string[]): Promise<Map<string, OpenLetter>> => {
  const open = new Map<string, OpenLetter>();
  await eachOf(broker, services.map(deadLetterTopic), (record) => {
    const [{ id }, at] = [readDeadLetter(record), BigInt(record.offset)];
    if (at >= (open.get(id)?.last ?? 0n)) open.set(id, { last: at, sent: new Set() });
  });
  await eachOf(broker, services.map(retryTopic), (record) => {
    const note = noteOn(record);
    const letter = note && open.get(note.id);
    if (!note || !letter) return;
    if (BigInt(note.toldAt) >= letter.last) open.delete(note.id);
    else letter.sent.add(note.toldAt);
  });
  return open;
};

/**
 * Hands over every wanted letter once, as it was told last, however often that was; none of them is kept. A letter that
 * was sent again and has not failed since is none any more.
 */
export const eachLetter = async (
  broker: Broker,
  wanted: LetterFilter,
  handle: (told: ToldLetter) => Promise<void> | void,
): Promise<void> => {
  const meant = isWanted(wanted);
  const services = wanted.service ? SERVICES.filter((one) => one === wanted.service) : SERVICES;
  const open = await openLetters(broker, services);
  await eachOf(broker, services.map(deadLetterTopic), async (record) => {
    const letter = readDeadLetter(record);
    const known = open.get(letter.id);
    if (known === undefined || BigInt(record.offset) < known.last) return;
    open.delete(letter.id);
    const told = { letter, setAsideAt: record.timestamp, toldAt: record.offset, failed: known.sent.size };
    if (meant(letter)) await handle(told);
  });
};

/**
 * What of a range is still there. Records that are gone are those the broker has deleted by their age.
 * @returns how many records of it nobody can unpack.
 */
const eachRecord = async (
  broker: Broker,
  { topic, partition, from, to }: LostRange,
  handle: (record: InRecord) => Promise<void>,
): Promise<number> => {
  if (!(await listTopics(broker)).includes(topic)) return 0;
  let unread = 0;
  const consumption = broker.consume({
    topics: [topic],
    fromBeginning: true,
    handle: async ({ partition: own, records }) => {
      if (own !== partition) return;
      for (const record of records)
        if (BigInt(record.offset) >= BigInt(from) && BigInt(record.offset) <= BigInt(to)) await handle(record);
    },
    unreadable: async (record) => {
      if (
        record.partition === partition &&
        BigInt(record.offset) >= BigInt(from) &&
        BigInt(record.offset) <= BigInt(to)
      )
        unread += record.unreadable.count;
    },
  });
  try {
    await consumption.ready();
  } finally {
    await consumption.stop();
  }
  return unread;
};

export interface LetterReplay {
  /** Records sent to the services that lost them. */
  sent: number;
  /** Why a letter, or a part of what it stands for, could not be sent. */
  left: { id: string; reason: string }[];
}

/**
 * Sends a letter's original again, once: with it goes the note that it was. Of a letter that stands for records it does
 * not hold those are sent, from where they lie, and the note goes with the last of them.
 */
export const replayLetter = async (
  broker: Broker,
  { letter, toldAt }: Pick<ToldLetter, 'letter' | 'toldAt'>,
  send: (records: OutRecord[]) => Promise<void>,
): Promise<LetterReplay> => {
  const { id, service, cut, ranges } = letter;
  if (cut && !ranges) return { sent: 0, left: [{ id, reason: 'its bytes were too large to keep' }] };
  if (!ranges) {
    await send([noted(toRetry(letter), { id, toldAt })]);
    return { sent: 1, left: [] };
  }
  const told: LetterReplay = { sent: 0, left: [] };
  let waiting: OutRecord | undefined;
  for (const range of ranges) {
    let first: string | undefined;
    const unread = await eachRecord(broker, range, async (record) => {
      first ??= record.offset;
      told.sent += 1;
      if (waiting) await send([waiting]);
      waiting = recordToRetry(service, record);
    });
    const place = `${range.topic}/${range.partition}`;
    if (unread > 0)
      told.left.push({ id, reason: `${unread} records of ${place}, ${range.from} to ${range.to}, cannot be unpacked` });
    else if (first === undefined)
      told.left.push({ id, reason: `nothing of ${place}, ${range.from} to ${range.to}, is there any more` });
    else if (BigInt(first) > BigInt(range.from))
      told.left.push({ id, reason: `of ${place} what is before ${first} is gone: ${range.from} was asked for` });
  }
  if (waiting) await send([noted(waiting, { id, toldAt }, true)]);
  return told;
};
