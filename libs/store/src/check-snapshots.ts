import type { Decider, Typed } from '#libs/model';
import { reasonOf } from '#libs/model';
import { subjectOf } from './census.js';
import type { ChainFindings } from './chain-findings.js';
import type { MongoFilter, OpenDatabase, SnapshotDocument } from './collections.js';
import { ANSWERED, heardOf, outFacts } from './commits.js';
import type { FactCodec } from './port.js';
import type { ChainQuery } from './port-chain.js';
import { byStream } from './read-commits.js';
import { isSameForm } from './same-form.js';
import type { TenantScope } from './scope.js';
import { lookedUp, signedBytes } from './snapshot-documents.js';
import { stateFormOf, unpackState } from './state-form.js';

type AnyDecider = Decider<unknown, Typed, Typed>;

/** A stream as its commits amount to it up to a version; no hash when there is no such commit. */
const refolded = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  { streamId, version: last }: SnapshotDocument,
  decider: AnyDecider | undefined,
): Promise<{ hash: Buffer | undefined; state: unknown }> => {
  let state = decider?.initial();
  for await (const commit of byStream(opened, tenant, streamId)) {
    const facts = decider ? outFacts(opened.service, commit).filter(({ envelope }) => envelope.type !== ANSWERED) : [];
    for (const fact of facts) state = decider?.evolve(state, heardOf(codec, fact).message);
    if (commit.version >= last) return { hash: commit.version === last ? commit.hash : undefined, state };
  }
  return { hash: undefined, state };
};

/** What is wrong with a kept state; those of another release are passed over when they are read, and here too. */
const problemOf = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  document: SnapshotDocument,
  deciders: readonly AnyDecider[],
): Promise<string | undefined> => {
  const { streamId, hash, form } = document;
  const bytes = opened.seal && (await signedBytes(opened, opened.seal, document));
  if (!bytes) return 'the state that was kept of it does not bear the signature of the service';
  if ((await lookedUp(opened, tenant, [document])).erased.has(streamId))
    return 'a state was kept of it in which may stand what was erased';
  const decider = deciders.find((one) => one.subject === subjectOf(streamId) && stateFormOf(one) === form);
  const facts = await refolded(opened, codec, tenant, document, decider);
  if (!facts.hash?.equals(hash)) return 'the state that was kept of it is of another commit';
  return !decider || isSameForm(await unpackState(bytes), facts.state)
    ? undefined
    : 'the state that was kept of it is not what its facts amount to';
};

/**
 * States kept of a tenant's streams, or of some of them: the signature, the commit they stand at, and, where their
 * decider is there, that folding the facts again comes to the same. @returns how many were looked at.
 */
export const checkSnapshots = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  { streams, deciders = [] }: ChainQuery,
  found: ChainFindings,
): Promise<number> => {
  if (!opened.seal) return 0;
  const only: MongoFilter<SnapshotDocument> = streams ? { tenant, streamId: { $in: [...streams] } } : { tenant };
  let seen = 0;
  for await (const document of opened.snapshots.find(only, { batchSize: 10 }).sort({ tenant: 1, streamId: 1 })) {
    const problem = await problemOf(opened, codec, tenant, document, deciders).catch(
      (error: unknown) => `the state that was kept of it cannot be held against its facts: ${reasonOf(error)}`,
    );
    if (problem !== undefined)
      found.add({ streamId: String(document.streamId), version: Number(document.version) || 0, problem });
    seen += 1;
  }
  return seen;
};
