import type { ErasureBegun, ErasureEnded } from '#contracts';
import { Fault, idOf, type Decider, type Typed } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { eraseArchived } from './archive/erase-archived.js';
import { ANCHORS, ERASURES, streamsOf, subjectOf, subjectsOf } from './census.js';
import type { KeptFact, MongoCollection, OpenDatabase, SnapshotPieceDocument } from './collections.js';
import { orderFrom } from './commits.js';
import type { FactCodec, Execute } from './port.js';
import type { Erasure } from './port-chain.js';
import { scopeOf, streamIdOf, type TenantScope } from './scope.js';
import type { IsErased } from './verify.js';

const EMPTY = Buffer.alloc(0);
const BLANK = {
  $set: {
    'facts.$[].salt': EMPTY,
    'facts.$[].bytes': EMPTY,
    'requests.$[].personalSalt': EMPTY,
    'requests.$[].actor': { subject: '', side: 'SYSTEM' },
    'requests.$[].digest': EMPTY,
  },
  $unset: { 'facts.$[].carried': true as const, unpublished: true as const, heldBack: true as const },
};

/** What tells of an erasure, and what the chain is held against, outlives it. */
const KEPT = new Set([ERASURES, ANCHORS]);

type BeginErasure = Omit<ErasureBegun, 'type'> & { type: 'erasure.begin' };
type EndErasure = Omit<ErasureEnded, 'type'> & { type: 'erasure.end' };

/** Says what was taken away, in the scope of the operator: it outlives the tenant, and is anchored there. */
const erasureStream: Decider<null, BeginErasure | EndErasure, ErasureBegun | ErasureEnded> = {
  subject: ERASURES,
  version: 1,
  key: ({ tenantId }) => tenantId,
  initial: () => null,
  evolve: (state) => state,
  decide: (request) => [
    request.type === 'erasure.begin' ? { ...request, type: 'erasure.begun' } : { ...request, type: 'erasure.ended' },
  ],
};

/** What was signed of an erasure: all of the fact, and which service said it. */
type SignedErasure = Omit<ErasureBegun, 'type' | 'signature'> & { service: string };

const say = async (execute: Execute, { by, now }: Erasure, request: BeginErasure | EndErasure): Promise<void> => {
  const requestId = idOf(request.type, request.tenantId, now, by.subject);
  const [answer] = await execute(erasureStream, [{ tenant: OPERATOR, requestId, request, actor: by, roles: [], now }]);
  if (answer?.outcome !== 'DONE') throw new Fault(`the erasure could not be written down: ${answer?.message ?? ''}`);
};

/**
 * Blanks a tenant's commits, or those of the subjects and streams named: salts, bytes and actors are gone, the digests
 * stay.
 * First it is written down what goes, by whom and why; a call that was cut short is made again.
 */
export const erase = async (
  opened: OpenDatabase,
  execute: Execute,
  tenant: TenantScope,
  erasure: Erasure,
): Promise<number> => {
  const { now, by, reason, backups, subjects = [], streams = [] } = erasure;
  if (!opened.seal) throw new Fault('store: only the service itself can erase: it signs what is gone');
  const said = {
    tenantId: tenant,
    subjects: [...subjects],
    streams: [...streams],
    until: now,
    by,
    reason,
    backups: [...backups],
    at: now,
  };
  const signature = await opened.seal.sign('erasure', { service: opened.service, ...said } satisfies SignedErasure);
  await say(execute, erasure, { ...said, type: 'erasure.begin', signature });
  let commits = 0;
  for await (const subject of subjectsOf(opened, tenant)) {
    if (KEPT.has(subject)) continue;
    const only: { streamId: { $in: string[] } | ReturnType<typeof streamsOf> } =
      subjects.includes(subject) || subjects.length + streams.length === 0
        ? { streamId: streamsOf(subject) }
        : { streamId: { $in: streams.filter((streamId) => subjectOf(streamId) === subject) } };
    const { matchedCount } = await opened.patiently('erasing facts', () =>
      opened.commits.updateMany({ tenant, ...only, order: { $lt: orderFrom(now + 1) } }, BLANK),
    );
    commits += matchedCount;
    // After that: who writes one meanwhile looks for blanked facts.
    for (const kept of [opened.snapshots, opened.snapshotPieces] as MongoCollection<SnapshotPieceDocument>[])
      await opened.patiently('erasing snapshots', () => kept.deleteMany({ tenant, ...only }));
  }
  const goes = speaksOf(said);
  commits += await eraseArchived(opened, opened.seal, tenant, goes);
  await say(execute, erasure, { type: 'erasure.end', tenantId: tenant, commits, at: now });
  return commits;
};

/** Which commits of its tenant one erasure speaks of. */
const speaksOf =
  ({ subjects, streams, until }: Pick<ErasureBegun, 'subjects' | 'streams' | 'until'>): IsErased =>
  ({ streamId, at }) =>
    at <= until &&
    (subjects.length + streams.length === 0 || subjects.includes(subjectOf(streamId)) || streams.includes(streamId));

const begunIn = (codec: FactCodec, fact: KeptFact | null): ErasureBegun[] => {
  if (fact?.type !== 'erasure.begun') return [];
  try {
    return [codec.decode(fact.bytes) as Typed as ErasureBegun];
  } catch {
    // Changed by somebody: the check of its own stream says so, here it allows nothing.
    return [];
  }
};

/** Erasures of a tenant that were written down; where there is a seal, as the service signed them. */
const erasuresOf = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
): Promise<Pick<ErasureBegun, 'subjects' | 'streams' | 'until'>[]> => {
  const operator = scopeOf(OPERATOR);
  const streamId = streamIdOf(ERASURES, operator, tenant);
  const commits = await opened.patiently('reading erasures', () =>
    opened.commits.find({ tenant: operator, streamId }).sort({ version: 1 }).toArray(),
  );
  const said = commits
    .flatMap(({ facts }) => (Array.isArray(facts) ? facts : []))
    .flatMap((fact) => begunIn(codec, fact))
    .filter(({ tenantId }) => tenantId === tenant);
  const { seal, service } = opened;
  if (!seal) return said;
  const signed = await Promise.all(
    said.map(({ signature }) => seal.open('erasure', service, signature) as Promise<SignedErasure | undefined>),
  );
  return signed.filter((one): one is SignedErasure => one?.service === service && one.tenantId === tenant);
};

/** Which commits of a tenant erasures speak of. */
export const erasedOf = async (opened: OpenDatabase, codec: FactCodec, tenant: TenantScope): Promise<IsErased> => {
  const erasures = (await erasuresOf(opened, codec, tenant)).map(speaksOf);
  return (commit) => erasures.some((speaks) => speaks(commit));
};
