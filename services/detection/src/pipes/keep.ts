/**
 * Findings in, commits out: what was published is kept, off the fast path. Offsets move when it is, and what comes
 * again is known by its id.
 */
import { fromRecord, retryTopic, type Batch, type InRecord } from '#libs/events';
import { Unreadable } from '#libs/model';
import { type Clock, type OpenPipe, orSetAside, type Out } from '#libs/service';
import type { FactToKeep, Store } from '#libs/store';
import { isScope } from '#libs/terms';
import { byKeptStream, type CarriedPlace } from '../domain/kept/kept-streams.js';

/** First segment of the streams that keep findings. */
export const KEPT_FINDINGS = 'findings';
const RETRY = retryTopic('detection');

export interface KeepPorts {
  store: Pick<Store, 'keep'>;
  clock: Clock;
}

type KeptRecord = FactToKeep & { record: InRecord };

/** Whatever else was replayed to this service is for its other loops. */
const readOne = (record: InRecord): { place: CarriedPlace; fact: KeptRecord } | undefined => {
  const { envelope } = fromRecord(record);
  const { topic, partition, timestamp, value: bytes } = record;
  if (!envelope.type.startsWith('finding.')) return undefined;
  if (!isScope(envelope.tenant)) throw new Unreadable('BAD_TENANT', 'the envelope names what cannot be a tenant');
  return {
    place: { tenant: envelope.tenant, partition, timestamp, isRetried: topic === RETRY },
    fact: { envelope, bytes, record },
  };
};

const readAll = async ({ records }: Batch, out: Out): Promise<{ place: CarriedPlace; fact: KeptRecord }[]> => {
  const found: { place: CarriedPlace; fact: KeptRecord }[] = [];
  for (const record of records) {
    const one = await orSetAside(out, record, () => readOne(record));
    if (one) found.push(one);
  }
  return found;
};

export const keepPipe = ({ store, clock }: KeepPorts): OpenPipe => ({
  handle: async (batch, out) => {
    const streams = byKeptStream(await readAll(batch, out)).map((one) => ({ ...one, subject: KEPT_FINDINGS }));
    // What the store never takes is with the dead letters, and is kept when it is replayed; nobody else waits for it.
    for (const { fact, reason } of await store.keep(streams, clock.now()))
      await out.setAside((fact as KeptRecord).record, 'NOT_KEPT', `The finding could not be kept: ${reason}`);
  },
});
