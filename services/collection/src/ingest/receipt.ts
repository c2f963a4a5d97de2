import type { SeenHost, TelemetryEvent, TelemetryReceived } from '#contracts';
import type { Batch, OutRecord } from '#libs/events';
import { idOf } from '#libs/model';
import type { Out } from '#libs/service';
import { HOSTS_IN_RECEIPT } from '../domain/fold-receipts.js';
import { NOTHING_KNOWN, type ReadPieces } from './message.js';

/**
 * The devices seen, each with its own times, so that reports can say which assets send, however the receipts are cut.
 */
const hostsOf = (read: ReadPieces[]): SeenHost[] => {
  const seen = new Map<string, SeenHost>();
  for (const { occurredAt, ocsf } of read.flatMap(({ events }) => events)) {
    const host = ocsf.device?.hostname?.toLowerCase();
    if (!host) continue;
    const { firstOccurredAt, lastOccurredAt } = seen.get(host) ?? {
      firstOccurredAt: occurredAt,
      lastOccurredAt: occurredAt,
    };
    seen.set(host, {
      host,
      firstOccurredAt: Math.min(firstOccurredAt, occurredAt),
      lastOccurredAt: Math.max(lastOccurredAt, occurredAt),
    });
  }
  return [...seen.values()].sort((a, b) => (a.host < b.host ? -1 : 1)).slice(0, HOSTS_IN_RECEIPT);
};

const isUnrecognised = ({ flags }: TelemetryEvent): boolean => flags.includes(NOTHING_KNOWN);

/** The receipt for consecutive messages of an ingest topic: each piece of them is either accepted or dead. */
export const receiptOf = (
  out: Out,
  { tenant, source }: { tenant: string; source: string },
  { topic, partition, records }: Pick<Batch, 'topic' | 'partition' | 'records'>,
  read: ReadPieces[],
): OutRecord => {
  const times = read.flatMap(({ events }) => events.map(({ occurredAt }) => occurredAt));
  const [fromOffset, toOffset] = [Number(records[0]?.offset), Number(records.at(-1)?.offset)];
  const receipt: TelemetryReceived = {
    type: 'telemetry.received',
    source,
    topic,
    partition,
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
  };
  return out.record(tenant, receipt, {
    id: idOf('received', topic, partition, fromOffset, toOffset, records[0]?.timestamp ?? 0),
    subject: source,
  });
};
