import type { RequestAnswered } from '#contracts';
import type { Envelope, Typed } from '#libs/model';
import { archivedAt } from './archive/read-archive.js';
import type { Commit, MongoFilter, KeptFact, OpenDatabase } from './collections.js';
import { ANSWERED, isErased, placeOf } from './commits.js';
import type { FactCodec } from './port.js';
import type { CommitProblem } from './port-chain.js';
import type { TenantScope } from './scope.js';

/** A fact as Kafka carries it: its value's bytes are those that were kept. */
export interface CarriedFact {
  envelope: Envelope;
  bytes: Buffer;
}

const differs = (fact: KeptFact, { envelope, bytes }: CarriedFact): string | undefined => {
  if (!isErased(fact) && !fact.bytes.equals(bytes)) return 'other bytes';
  if (fact.type !== envelope.type) return `another type (${envelope.type})`;
  if (fact.time !== envelope.time) return `another time (${new Date(envelope.time).toISOString()})`;
  if (fact.requestId !== envelope.causationId) return 'another cause';
  return undefined;
};

/** Where a fact stood: an answer itself says of which commit it is, or stands alone. */
const placeOfLost = (
  codec: FactCodec,
  { envelope: { tenant, subject, sequence, causationId = '' }, bytes }: CarriedFact,
): Pick<CommitProblem, 'streamId' | 'version'> => {
  if (sequence) return { streamId: subject, version: sequence.version };
  const { streamId, version } = codec.decode(bytes) as Typed as RequestAnswered;
  return streamId === '' ? { streamId: `answer/${tenant}/${causationId}`, version: 1 } : { streamId, version };
};

const isReadable = ({ facts, requests }: Commit): boolean =>
  Array.isArray(requests) &&
  requests.every((one) => one !== null) &&
  Array.isArray(facts) &&
  facts.every((one) => one?.bytes instanceof Uint8Array);

const compareOne = (codec: FactCodec, carried: CarriedFact, commit: Commit | undefined): CommitProblem[] => {
  const { id, type } = carried.envelope;
  const place = commit ? { streamId: commit.streamId, version: commit.version } : placeOfLost(codec, carried);
  if (!commit)
    return [
      {
        ...place,
        problem: `Kafka carries a fact of it (${type}, ${id}), the store has no such commit: it was cut off or deleted`,
      },
    ];
  if (!isReadable(commit))
    return [{ ...place, problem: `Kafka carries a fact of it (${type}, ${id}), and it is no commit any more` }];
  const fact = commit.facts.find((one) => one.id === id);
  if (!fact) return [{ ...place, problem: `Kafka carries ${type}, ${id}, which is not in the commit any more` }];
  const other = differs(fact, carried);
  return other === undefined
    ? []
    : [{ ...place, problem: `Kafka carries ${fact.type}, ${id}, with ${other}: it was changed` }];
};

const placeIn = ({ envelope: { subject, sequence } }: CarriedFact): string => placeOf(subject, sequence?.version ?? 0);
const causeOf = ({ envelope: { causationId = '' } }: CarriedFact): string => causationId;

/** See ChainOfStore.compare. */
export const compareWithCarried = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  carried: readonly CarriedFact[],
): Promise<CommitProblem[]> => {
  const placed = carried.filter(({ envelope: { sequence } }) => sequence);
  const answers = carried.filter(({ envelope: { sequence, type } }) => !sequence && type === ANSWERED);
  const read = async (filter: MongoFilter<Commit>, wanted: number): Promise<Commit[]> =>
    wanted === 0
      ? []
      : opened.patiently('comparing with Kafka', () => opened.commits.find({ ...filter, tenant }).toArray());
  const places = [...new Set(placed.map(placeIn))];
  const causes = [...new Set(answers.map(causeOf))];
  const kept = [
    ...(await read({ _id: { $in: places } }, places.length)),
    ...(await read({ 'requests.id': { $in: causes } }, causes.length)),
  ];
  const byPlace = new Map<string, Commit>();
  const byCause = new Map<string, Commit>();
  const take = (commit: Commit): void => {
    byPlace.set(commit._id, commit);
    for (const { id } of isReadable(commit) ? commit.requests : []) byCause.set(id, commit);
  };
  kept.forEach(take);
  const lost = [
    ...placed.filter((one) => !byPlace.has(placeIn(one))),
    ...answers.filter((one) => !byCause.has(causeOf(one))),
  ];
  (
    await archivedAt(
      opened,
      tenant,
      lost.map((one) => placeOfLost(codec, one)),
    )
  ).forEach(take);
  return [
    ...placed.flatMap((one) => compareOne(codec, one, byPlace.get(placeIn(one)))),
    ...answers.flatMap((one) => compareOne(codec, one, byCause.get(causeOf(one)))),
  ];
};
