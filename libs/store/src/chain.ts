import { createHash } from 'node:crypto';
import { canonical } from './canonical.js';
import type { Commit, KeptFact, KeptRequest } from './collections.js';

/** Hash before the first commit of a stream. */
export const GENESIS = Buffer.alloc(32);

/** The form new commits are chained in; older ones carry no number. */
export const CHAIN = 2;

/** What the chain keeps of a fact: salted, so that an erased fact cannot be guessed from it. */
export const digestOf = (salt: Buffer, bytes: Buffer): Buffer =>
  createHash('sha256').update(salt).update(bytes).digest();

/**
 * What the chain keeps of a stored fact: one that Kafka carried before has its own envelope under the digest too, in
 * canonical form before the bytes, since an erasure takes that away as well.
 */
export const factDigestOf = ({ salt, bytes, carried }: Pick<KeptFact, 'salt' | 'bytes' | 'carried'>): Buffer => {
  const hash = createHash('sha256').update(salt);
  if (carried) hash.update(canonical(carried));
  return hash.update(bytes).digest();
};

/** What the chain keeps of the personal part of a request: SHA-256(salt, canonical record { actor, digest }). */
export const personalDigestOf = (salt: Buffer, { actor, digest }: Pick<KeptRequest, 'actor' | 'digest'>): Buffer =>
  digestOf(salt, canonical({ actor, digest }));

/** What the hash covers of a commit, before it has one. */
export type HashedCommit = Pick<Commit, 'chain' | 'tenant' | 'streamId' | 'version' | 'at' | 'facts' | 'requests'>;

/** What an erasure may take away stays outside, under its digest; everything else is inside, fields added later too. */
const ofFact = ({ salt: _salt, bytes: _bytes, carried: _carried, ...rest }: KeptFact): object => rest;
const ofRequest = ({ personalSalt: _salt, actor: _actor, digest: _digest, ...rest }: KeptRequest): object => rest;

/** SHA-256(previous hash, stream, version, digest of each fact); the stream's name is length-prefixed. */
const olderHash = (previous: Buffer, { streamId, version, facts }: HashedCommit): Buffer => {
  const stream = Buffer.from(streamId, 'utf8');
  const numbers = Buffer.alloc(12);
  numbers.writeUInt32BE(stream.length, 0);
  numbers.writeBigUInt64BE(BigInt(version), 4);
  const hash = createHash('sha256').update(previous).update(numbers).update(stream);
  for (const { digest } of facts) hash.update(digest);
  return hash.digest();
};

/**
 * Hash of a commit. With `chain: 2` it is SHA-256 of the canonical form (see `canonical`) of the record
 * `{ chain: 2, previous, tenant, streamId, version, at, facts, requests }`, where
 * - `previous` is the hash of the commit before, 32 zero bytes for the first;
 * - each of `facts` is a record of everything kept of the fact but `salt`, `carried` and `bytes`: `digest` (SHA-256 of
 *   these), `id`, `requestId`, `schemaId`, `time`, `type`;
 * - each of `requests` is a record of everything kept of the request but `personalSalt`, `actor` and `digest`:
 *   `personalDigest` (see `personalDigestOf`), `causationId`, `correlationId`, `id`, `roles`, `traceparent`, `type`,
 * and
 *   whatever else is kept of it.
 *
 * Times are epoch milliseconds. Nothing of the commit stands outside but what follows from it (`_id`, `order`), what
 * the relay needs (`unpublished`, `heldBack`) and who tried to write it (`writer`).
 */
export const hashOf = (previous: Buffer, commit: HashedCommit): Buffer => {
  if (commit.chain === undefined) return olderHash(previous, commit);
  const { chain, tenant, streamId, version, at, facts, requests } = commit;
  const record = {
    chain,
    previous,
    tenant,
    streamId,
    version,
    at,
    facts: facts.map(ofFact),
    requests: requests.map(ofRequest),
  };
  return createHash('sha256').update(canonical(record)).digest();
};
