/**
 * Findings and which rules run in, commits out: what was published is kept, off the fast path. Offsets move when it is,
 * and what comes again is known by its id.
 */
import { fromRecord, retryTopic, type Batch, type InRecord } from '#libs/events';
import { Unreadable } from '#libs/model';
import { type Clock, type OpenPipe, orSetAside, type Out } from '#libs/service';
import { keptStreams, type FactToKeep, type Store } from '#libs/store';
import { isScope } from '#libs/terms';
import { keptKeyOf, type CarriedPlace } from '../domain/kept/kept-streams.js';

/** First segments of the streams that keep findings, and which rules ran. */
export const KEPT = { finding: 'findings', ruleset: 'running-rules' } as const;
const RETRY = retryTopic('detection');

export interface KeepPorts {
  store: Pick<Store, 'keep'>;
  clock: Clock;
}

type KeptRecord = FactToKeep & { record: InRecord };

interface FoundRecord {
  subject: string;
  place: CarriedPlace;
  fact: KeptRecord;
}

/** What has a place in a stream is kept there, and what else was replayed to this service is for its other loops. */
const readOne = (record: InRecord): FoundRecord | undefined => {
  const { envelope } = fromRecord(record);
  const { topic, partition, timestamp, value: bytes } = record;
  const subject = KEPT[envelope.type.split('.', 1)[0] as keyof typeof KEPT] as string | undefined;
  if (subject === undefined || envelope.sequence) return undefined;
  if (!isScope(envelope.tenant)) throw new Unreadable('BAD_TENANT', 'the envelope names what cannot be a tenant');
  return {
    subject,
    place: { tenant: envelope.tenant, partition, timestamp, isRetried: topic === RETRY },
    fact: { envelope, bytes, record },
  };
};

const readAll = async ({ records }: Batch, out: Out): Promise<FoundRecord[]> => {
  const found: FoundRecord[] = [];
  for (const record of records) {
    const one = await orSetAside(out, record, () => readOne(record));
    if (one) found.push(one);
  }
  return found;
};

export const keepPipe = ({ store, clock }: KeepPorts): OpenPipe => ({
  handle: async (batch, out) => {
    const found = await readAll(batch, out);
    const streams = keptStreams(
      found.map(({ subject, place, fact }) => ({ tenant: place.tenant, subject, key: keptKeyOf(place), fact })),
    );
    // What the store never takes is with the dead letters, and is kept when it is replayed; nobody else waits for it.
    for (const { fact, reason } of await store.keep(streams, clock.now()))
      await out.setAside((fact as KeptRecord).record, 'NOT_KEPT', `It could not be kept: ${reason}`);
  },
});
