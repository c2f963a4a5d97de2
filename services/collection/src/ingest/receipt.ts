import type { FlagCount, PieceLoss, SeenHost, TelemetryEvent, TelemetryReceived } from '#contracts';
import type { Batch, OutRecord, UnreadableRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { Out } from '#libs/service';
import { flagsCounted, kindOfFlag, lossesCounted, NOTHING_KNOWN } from '#libs/terms';
import { HOSTS_IN_RECEIPT } from '../domain/fold-receipts.js';
import type { ReadPieces } from './message.js';
import { MOST_PIECES } from './piece-ranges.js';
import type { IngestPlace } from './topic.js';

/** What was read of one message, and where it lay. */
export interface ReadAtPlace extends ReadPieces {
  place: IngestPlace;
}

/** No machine has a longer name; 500 of any length would be more than a topic takes. */
const LONGEST_HOST = 255;

/**
 * The devices seen, each with its own times, so that reports can say which assets send, however the receipts are cut.
 */
const hostsOf = (read: ReadPieces[]): SeenHost[] => {
  const seen = new Map<string, SeenHost>();
  for (const { occurredAt, ocsf } of read.flatMap(({ events }) => events)) {
    const host = ocsf.device?.hostname?.toLowerCase();
    if (!host || host.length > LONGEST_HOST) continue;
    const known = seen.get(host);
    if (!known) seen.set(host, { host, firstOccurredAt: occurredAt, lastOccurredAt: occurredAt });
    else if (occurredAt < known.firstOccurredAt) known.firstOccurredAt = occurredAt;
    else if (occurredAt > known.lastOccurredAt) known.lastOccurredAt = occurredAt;
  }
  return [...seen.values()].sort((a, b) => (a.host < b.host ? -1 : 1)).slice(0, HOSTS_IN_RECEIPT);
};

/** An event that carries two flags of one kind counts once for it. */
const flagsOf = (read: ReadAtPlace[]): FlagCount[] =>
  flagsCounted(
    read.flatMap(({ events }) =>
      events.flatMap(({ flags }) => [...new Set(flags.map(kindOfFlag))].map((flag) => ({ flag, count: 1 }))),
    ),
  );

const TOO_MANY = `A message has more pieces than the ${MOST_PIECES} that are read of one.`;

function* lossesIn(read: ReadAtPlace[]): Generator<PieceLoss> {
  for (const { place, rejected, rest } of read) {
    const offset = Number(place.offset);
    for (const { code, sentence, index } of rejected) yield { code, sentence, count: 1, examples: [{ offset, index }] };
    if (rest)
      yield {
        code: 'TOO_MANY_EVENTS',
        sentence: TOO_MANY,
        count: rest.count,
        examples: [{ offset, index: rest.ranges[0]?.[0] ?? 0 }],
      };
  }
}

const isUnrecognised = ({ flags }: TelemetryEvent): boolean => flags.includes(NOTHING_KNOWN);

type Reckoned = Omit<TelemetryReceived, 'type' | 'source' | 'topic' | 'partition'>;

/** @param at when the broker had the first of its messages, epoch ms. */
const recordOf = (
  out: Out,
  { tenant, source }: { tenant: string; source: string },
  { topic, partition, at }: { topic: string; partition: number; at: number },
  reckoned: Reckoned,
): OutRecord => {
  const receipt: TelemetryReceived = { type: 'telemetry.received', source, topic, partition, ...reckoned };
  const { fromOffset, toOffset } = reckoned;
  return out.record(tenant, receipt, {
    id: idOf('received', topic, partition, fromOffset, toOffset, at),
    subject: source,
  });
};

/** The receipt for a batch of messages that could not be unpacked: each of them is dead, whatever it held. */
export const receiptOfUnreadable = (
  out: Out,
  owner: { tenant: string; source: string },
  { topic, partition, offset, timestamp, value, unreadable: { code, sentence, count, from } }: UnreadableRecord,
): OutRecord => {
  const [fromOffset, toOffset] = [Number(from), Number(offset)];
  return recordOf(
    out,
    owner,
    { topic, partition, at: timestamp },
    {
      fromOffset,
      toOffset,
      messages: count,
      accepted: 0,
      dead: count,
      unrecognised: 0,
      bytes: value.length,
      firstOccurredAt: null,
      lastOccurredAt: null,
      hosts: [],
      flags: [],
      losses: [{ code, sentence, count, examples: [{ offset: fromOffset, index: 0 }] }],
      receivedAt: timestamp,
    },
  );
};

/** The receipt for consecutive messages of an ingest topic: each piece of them is either accepted or dead. */
export const receiptOf = (
  out: Out,
  owner: { tenant: string; source: string },
  { topic, partition, records }: Pick<Batch, 'topic' | 'partition' | 'records'>,
  read: ReadAtPlace[],
): OutRecord => {
  const times = read.flatMap(({ events }) => events.map(({ occurredAt }) => occurredAt));
  const [fromOffset, toOffset] = [Number(records[0]?.offset), Number(records.at(-1)?.offset)];
  const reckoned: Reckoned = {
    fromOffset,
    toOffset,
    messages: records.length,
    accepted: times.length,
    dead: read.reduce((sum, { rejected, rest }) => sum + rejected.length + (rest?.count ?? 0), 0),
    unrecognised: read.reduce((sum, { events }) => sum + events.filter(isUnrecognised).length, 0),
    bytes: records.reduce((sum, { value }) => sum + value.length, 0),
    firstOccurredAt: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    lastOccurredAt: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    hosts: hostsOf(read),
    flags: flagsOf(read),
    losses: lossesCounted(lossesIn(read)),
    receivedAt: records.at(-1)?.timestamp ?? null,
  };
  return recordOf(out, owner, { topic, partition, at: records[0]?.timestamp ?? 0 }, reckoned);
};
