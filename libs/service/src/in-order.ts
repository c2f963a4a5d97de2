import { catalogue } from '#contracts';
import { envelopeOf, tenantOfKey, topicsOf, type Batch, type InRecord, type ParsedRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { isScope } from '#libs/terms';
import type { StreamReading } from '#libs/store';
import { metFactOf, ordered, type MetFact, type Ordered } from './stream-order.js';
import { openPlaces } from './places.js';
import type { Runtime } from './runtime.js';

/** A fact that may be handled, with the record it came in. */
export interface ReadFact {
  record: InRecord;
  heard: ParsedRecord;
}

/** One loop, as the streams that it reads know it. */
export interface StreamReader {
  loop: string;
  topics: readonly string[];
}

/** A fact of a batch, read or not, and where it stands in a stream that the loop reads. */
interface BatchFact {
  record: InRecord;
  heard?: ParsedRecord;
  met: MetFact | undefined;
  tenant: string;
}

/** What an unreadable record says of itself, where that can be believed as far as that of any other can. */
const headersOf = ({ headers, key }: InRecord): Envelope | undefined => {
  try {
    const envelope = envelopeOf(headers);
    return tenantOfKey(key) === envelope.tenant && isScope(envelope.tenant) ? envelope : undefined;
  } catch {
    return undefined;
  }
};

/**
 * Topics of facts by type, but for those of subjects whose facts lie on several (a tenant's): who reads one of them
 * cannot know what comes next.
 */
const orderedTopics = new Map(
  catalogue
    .filter(({ kind, subject }) => kind === 'events' && topicsOf({ subjects: [subject], kind }).length === 1)
    .map(({ type, topic }) => [type, topic]),
);
const isReadBy = ({ topics }: StreamReader, { type }: Envelope): boolean =>
  topics.includes(orderedTopics.get(type) ?? '');

const readingsOf = (facts: readonly BatchFact[], { read }: Ordered): StreamReading[] => {
  const tenants = new Map(facts.flatMap(({ met, tenant }) => (met ? [[met.streamId, tenant]] : [])));
  return [...read].map(([streamId, rest]) => ({ streamId, tenant: tenants.get(streamId) ?? '', ...rest }));
};

const streamsIn = (facts: readonly BatchFact[]): string[] => [
  ...new Set(facts.flatMap(({ met }) => met?.streamId ?? [])),
];

/** Reads a batch; what cannot be read is set aside, and told where it says what it is. */
const readBatch = async (runtime: Runtime, reader: StreamReader, batch: Batch): Promise<BatchFact[]> => {
  const facts: BatchFact[] = [];
  const add = (
    record: InRecord,
    envelope: Envelope | undefined,
    rest: { heard?: ParsedRecord; why?: string },
  ): void => {
    const isOurs = envelope !== undefined && isReadBy(reader, envelope);
    const met = isOurs ? metFactOf(envelope, rest.why) : undefined;
    facts.push({ record, heard: rest.heard as ParsedRecord, met, tenant: envelope?.tenant ?? '' });
  };
  await runtime.readable(
    batch,
    async (record, heard) => add(record, heard.envelope, { heard }),
    (record, { code, message }) => add(record, headersOf(record), { why: `${code}: ${message}` }),
  );
  return facts;
};

/** A loop over facts in order. */
export interface OrderedLoop {
  handle(batch: Batch): Promise<void>;
  /** Notes how far streams were read: to be done before their offsets move. */
  beforeCommit(): Promise<void>;
}

/**
 * Hands on the facts of a batch that stand next in their streams (see `ordered`). A stream of which something is
 * missing waits in its owner's store: what came too early is left out, and all of it is asked for again.
 */
export const inOrder = (
  runtime: Runtime,
  reader: StreamReader,
  then: (facts: ReadFact[]) => Promise<void>,
): OrderedLoop => {
  const { loop } = reader;
  const places = openPlaces(runtime, loop);
  const order = async (facts: readonly BatchFact[]): Promise<Ordered> => {
    const met = facts.map((one) => one.met);
    const next = await places.of(streamsIn(facts));
    const found = ordered(met, (streamId) => next.get(streamId));
    const gaps = [...found.read].filter(([, { gap }]) => gap).map(([streamId]) => streamId);
    if (gaps.length === 0) return found;
    const anew = await places.of(gaps, 'anew');
    return ordered(met, (streamId) => anew.get(streamId) ?? next.get(streamId));
  };
  const handle = async (batch: Batch): Promise<void> => {
    const facts = await readBatch(runtime, reader, batch);
    const found = await order(facts);
    const passing = facts.flatMap(({ record, heard }, index) =>
      heard && found.mayPass[index] ? [{ record, heard }] : [],
    );
    const readings = readingsOf(facts, found);
    await then(passing);
    await places.note(readings);
    const held = facts.filter(({ heard }) => heard).length - passing.length;
    if (held > 0) runtime.metrics.held.inc({ loop }, held);
    const waiting = readings.filter(({ gap }) => gap);
    for (const { tenant, streamId, gap } of waiting)
      runtime.log.warn({ loop, tenant, streamId, reason: gap?.reason }, 'a stream waits for what is missing');
    if (waiting.length > 0) runtime.missing?.wake();
  };
  return { handle, beforeCommit: places.write };
};
