import { randomBytes, randomUUID } from 'node:crypto';
import { catalogue } from '#contracts';
import { idOf, type Envelope, type Heard } from '#libs/model';
import { CHAIN, factDigestOf, hashOf, personalDigestOf } from './chain.js';
import type { CarriedEnvelope, Commit, KeptFact, KeptRequest } from './collections.js';
import type { FactCodec, OutFact } from './port.js';
import { recordKeyOf, type TenantScope } from './scope.js';

/** A commit stays well below the store's 16 MiB a document; what is more waits for the next. */
export const COMMIT_BYTES = 4 * 1_048_576;

/** Type of the answers, which ride in the commits but are no facts of the stream. */
export const ANSWERED = 'request.answered';

const topics = new Map(catalogue.map(({ type, topic }) => [type, topic]));
/** Topic of a contract; types outside the catalogue follow the rule for facts. */
export const topicOf = (type: string): string => topics.get(type) ?? `vigie.${type.split('.', 1)[0]}.events`;

const SALT_BYTES = 16;

/** A fact to be kept, before it has a place. */
export interface NewFact {
  type: string;
  bytes: Buffer;
  time: number;
  requestId: string;
  carried?: CarriedEnvelope;
  part?: string | undefined;
}
/** End of a stream, which the next commit is chained to. */
export interface ChainTip {
  version: number;
  hash: Buffer;
  at: number;
}

/** Place of a commit in a stream, and its `_id`. */
export const placeOf = (streamId: string, version: number): string => `${streamId}@${version}`;

/** Start of the order of whatever was committed at that time. */
export const orderFrom = (at: number): string => String(Math.trunc(at)).padStart(15, '0');

/** Sorts a tenant's commits by time, stream and version. */
export const orderOf = ({ at, streamId, version }: Pick<Commit, 'at' | 'streamId' | 'version'>): string =>
  `${orderFrom(at)}/${streamId}@${String(version).padStart(10, '0')}`;

/** What is personal of a request goes under a salted digest, so that it can be taken away and the chain still holds. */
const sealed = (request: KeptRequest): KeptRequest => {
  const personalSalt = randomBytes(SALT_BYTES);
  return { ...request, personalSalt, personalDigest: personalDigestOf(personalSalt, request) };
};

/** Makes the next commit of a stream, to be sent by the relay unless Kafka carried its facts before. */
export const commitOf = (
  tenant: TenantScope,
  streamId: string,
  head: ChainTip,
  facts: readonly NewFact[],
  requests: readonly KeptRequest[],
  now: number,
): Commit => {
  const version = head.version + 1;
  // Asked for at once: a commit may have a thousand facts.
  const salts = randomBytes(facts.length * SALT_BYTES);
  const kept = facts.map(({ type, bytes, time, requestId, carried, part }, index): KeptFact => {
    const salt = salts.subarray(index * SALT_BYTES, (index + 1) * SALT_BYTES);
    return {
      type,
      bytes,
      time,
      requestId,
      ...(carried ? { carried } : {}),
      ...(part === undefined ? {} : { part }),
      id: idOf(streamId, version, index),
      schemaId: bytes.readUInt32BE(1),
      salt,
      digest: factDigestOf({ salt, bytes, carried }),
    };
  });
  // Commit time never runs backwards within a stream: reading by time then keeps each stream's order.
  const at = Math.max(now, head.at);
  const hashed = { chain: CHAIN, tenant, streamId, version, at, facts: kept, requests: requests.map(sealed) } as const;
  return {
    _id: placeOf(streamId, version),
    writer: randomUUID(),
    ...hashed,
    order: orderOf(hashed),
    hash: hashOf(head.hash, hashed),
    ...(kept.some(({ carried }) => carried) ? {} : { unpublished: true }),
  };
};

export const isErased = ({ bytes }: KeptFact): boolean => bytes.length === 0;

/** A carried fact comes back as it was heard: under its own id, without a place in a stream that nobody was told of. */
const carriedEnvelope = ({ tenant }: Commit, { type, time }: KeptFact, carried: CarriedEnvelope): Envelope => ({
  ...carried,
  type,
  time,
  tenant,
});

/**
 * Envelope of the fact at `place` of a commit. Answers have no sequence: they travel on another topic than the stream.
 */
const envelopeOf = (
  service: string,
  commit: Commit,
  fact: KeptFact,
  place: { index: number; count: number },
): Envelope => {
  if (fact.carried) return carriedEnvelope(commit, fact, fact.carried);
  const answer = fact.type === ANSWERED;
  const cause = commit.requests.find(({ id }) => id === fact.requestId);
  return {
    id: fact.id,
    type: fact.type,
    source: service,
    subject: answer ? fact.requestId : commit.streamId,
    time: fact.time,
    tenant: commit.tenant,
    causationId: fact.requestId,
    correlationId: cause?.correlationId ?? fact.requestId,
    ...(cause?.traceparent ? { traceparent: cause.traceparent } : {}),
    ...(answer ? {} : { sequence: { version: commit.version, ...place } }),
  };
};

const keyOf = ({ tenant, streamId }: Commit, { type, requestId, part }: KeptFact): string => {
  if (type === ANSWERED) return `${tenant}/${requestId}`;
  return part === undefined ? recordKeyOf(streamId) : `${recordKeyOf(streamId)}/${part}`;
};

/** A commit's facts as they are published, without erased ones. Facts stand before the answers. */
export const outFacts = (service: string, commit: Commit): OutFact[] => {
  const count = commit.facts.filter(({ type }) => type !== ANSWERED).length;
  return commit.facts.flatMap((fact, index) => {
    if (isErased(fact)) return [];
    return [
      {
        topic: topicOf(fact.type),
        key: keyOf(commit, fact),
        envelope: envelopeOf(service, commit, fact, { index, count }),
        bytes: fact.bytes,
      },
    ];
  });
};

export const heardOf = (codec: FactCodec, { envelope, bytes }: OutFact): Heard => ({
  envelope,
  message: codec.decode(bytes),
});

/** Key of a view's position: one topic of one stream, as order holds only within these. */
export const positionKey = ({ subject, type }: Pick<Envelope, 'subject' | 'type'>): string => {
  const topic = topicOf(type);
  return topic === `vigie.${subject.split('/', 1)[0]}.events` ? subject : `${subject}|${topic}`;
};
