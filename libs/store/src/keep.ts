import { briefReasonOf, Fault, idOf } from '#libs/model';
import { carriedEnds, type CarriedEnd, type CarriedEnds } from './carried-ends.js';
import type { CarriedEnvelope, Commit, KeptRequest, OpenDatabase } from './collections.js';
import { COMMIT_BYTES, commitOf, type NewFact } from './commits.js';
import { faultOf, isOfDocument } from './errors.js';
import { insertCommits } from './insert.js';
import type { FactNotKept, FactsToKeep, FactToKeep, Store } from './port.js';
import { scopeOf, streamIdOf, type TenantScope } from './scope.js';

/** Of one commit. */
const COMMIT_FACTS = 1_000;
/** Writers of one stream are at most a replica and the one it took the partition from. */
const ROUNDS = 20;
interface OpenStream {
  tenant: TenantScope;
  streamId: string;
  subject: string;
  left: FactToKeep[];
}

/** What is undefined is neither stored nor under the digest. */
const carriedOf = ({
  id,
  source,
  subject,
  causationId,
  correlationId,
  traceparent,
}: FactToKeep['envelope']): CarriedEnvelope => ({ id, source, subject, causationId, correlationId, traceparent });

/** As many as fit a commit, one at least. */
const fitting = (facts: readonly FactToKeep[]): FactToKeep[] => {
  let bytes = 0;
  const end = facts.findIndex((fact, index) => {
    bytes += fact.bytes.length;
    return index > 0 && (bytes > COMMIT_BYTES || index >= COMMIT_FACTS);
  });
  return facts.slice(0, end < 0 ? facts.length : end);
};

/** Those that the stream does not keep yet, each once. */
const unkept = (facts: readonly FactToKeep[], { ids }: CarriedEnd): FactToKeep[] => {
  const seen = new Set<string>();
  return facts.filter(({ envelope: { id } }) => {
    if (ids.has(id) || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
};

/** The commit of some facts, in the name of the service that keeps them. */
const keepingCommit = (
  service: string,
  { tenant, streamId, subject }: OpenStream,
  end: CarriedEnd,
  facts: readonly FactToKeep[],
  now: number,
): Commit => {
  const id = idOf('kept', streamId, end.version + 1);
  const request: KeptRequest = {
    id,
    type: `${subject}.keep`,
    actor: { subject: service, side: 'SYSTEM' },
    roles: ['SERVICE'],
    correlationId: id,
  };
  const news = facts.map(
    ({ envelope, bytes }): NewFact => ({
      type: envelope.type,
      bytes,
      time: envelope.time,
      requestId: id,
      carried: carriedOf(envelope),
    }),
  );
  return commitOf(tenant, streamId, end, news, [request], now);
};

/** Writes the commits of several streams. @returns those written, and why others never can be. */
const insertAll = async (opened: OpenDatabase, commits: readonly Commit[]) => {
  const refused = new Map<string, string>();
  try {
    return { written: await insertCommits(opened, commits), refused };
  } catch (error) {
    if (!isOfDocument(error)) throw error;
  }
  // One to blame is found by itself; what was written above is known again by its writer.
  const written = new Set<string>();
  for (const commit of commits) {
    try {
      for (const place of await insertCommits(opened, [commit])) written.add(place);
    } catch (error) {
      if (!isOfDocument(error)) throw error;
      refused.set(commit._id, briefReasonOf(error));
    }
  }
  return { written, refused };
};

/** One commit of each stream; what is left of a stream is for the next round. @returns what can never be kept. */
const keepSome = async (
  opened: OpenDatabase,
  ends: CarriedEnds,
  streams: readonly OpenStream[],
  now: number,
): Promise<FactNotKept[]> => {
  const made: { stream: OpenStream; facts: FactToKeep[]; commit: Commit }[] = [];
  for (const stream of streams) {
    const end = await ends.of(stream);
    stream.left = unkept(stream.left, end);
    const facts = fitting(stream.left);
    if (facts.length > 0) made.push({ stream, facts, commit: keepingCommit(opened.service, stream, end, facts, now) });
  }
  const { written, refused } = await insertAll(
    opened,
    made.map(({ commit }) => commit),
  );
  return made.flatMap(({ stream, facts, commit }) => {
    const reason = refused.get(commit._id);
    const isWritten = written.has(commit._id);
    if (isWritten) ends.moved(commit);
    // Another replica was there first: from where it stands now.
    else ends.forget(stream.streamId);
    if (isWritten || reason !== undefined) stream.left = stream.left.slice(facts.length);
    return reason === undefined ? [] : facts.map((fact) => ({ fact, reason }));
  });
};

const leftOf = (streams: readonly OpenStream[]): number => streams.reduce((sum, { left }) => sum + left.length, 0);

type Keep = (all: readonly FactsToKeep[], now: number) => Promise<FactNotKept[]>;

const keepWith =
  (opened: OpenDatabase, ends: CarriedEnds): Keep =>
  async (all: readonly FactsToKeep[], now: number): Promise<FactNotKept[]> => {
    let streams = all.map(({ tenant: name, subject, key, facts }): OpenStream => {
      const tenant = scopeOf(name);
      return { tenant, streamId: streamIdOf(subject, tenant, key), subject, left: [...facts] };
    });
    const notKept: FactNotKept[] = [];
    try {
      for (let idle = 0; streams.length > 0; ) {
        if (idle >= ROUNDS) throw new Fault(`lost ${ROUNDS} races for ${streams[0]?.streamId}`);
        const before = leftOf(streams);
        notKept.push(...(await keepSome(opened, ends, streams, now)));
        idle = leftOf(streams) < before ? 0 : idle + 1;
        streams = streams.filter(({ left }) => left.length > 0);
      }
      return notKept;
    } catch (error) {
      throw faultOf('keeping what Kafka carried', error);
    }
  };

/** See Store.keep and Store.keptIn. */
export const keeperOf = (opened: OpenDatabase): Pick<Store, 'keep' | 'keptIn'> => {
  const ends = carriedEnds(opened);
  return {
    keep: keepWith(opened, ends),
    keptIn: async ({ tenant: name, subject, key }) => {
      const tenant = scopeOf(name);
      return (await ends.of({ tenant, streamId: streamIdOf(subject, tenant, key) })).ids;
    },
  };
};
