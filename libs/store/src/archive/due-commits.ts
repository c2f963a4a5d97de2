import { ANCHORS, ERASURES, subjectOf } from '../census.js';
import type { Commit, OpenDatabase } from '../collections.js';
import type { Seal } from '../port-chain.js';
import type { TenantScope } from '../scope.js';
import { lookedUp, signedBytes } from '../snapshot-documents.js';
import { placeOf } from '../commits.js';
import { commitIn } from './read-archive.js';

/** A commit that may be archived, and its document byte by byte. */
export interface DueCommit {
  commit: Commit;
  document: Buffer;
}

/** What tells of erasures and what the chain is held against is read too often, and too little. */
const STAYS = new Set([ANCHORS, ERASURES]);

/** What has still to be sent, or was never a fact of the stream, stays, and so does what follows it. */
export const mayGo = ({ unpublished, heldBack, facts }: Pick<Commit, 'unpublished' | 'heldBack' | 'facts'>): boolean =>
  !unpublished && !heldBack && !facts.some(({ carried }) => carried);

/**
 * Up to which version a stream may be archived, by its state: one that the service signed, of a commit that is there,
 * and no further than an anchor saw. 0: nothing of it.
 */
const endOf = async (opened: OpenDatabase, seal: Seal, tenant: TenantScope, streamId: string): Promise<number> => {
  const { snapshots, anchored, patiently } = opened;
  const kept = await patiently('reading a snapshot', () => snapshots.findOne({ _id: streamId, tenant }));
  if (!kept || !(await signedBytes(opened, seal, kept))) return 0;
  const { hashes, erased } = await lookedUp(opened, tenant, [kept]);
  if (erased.has(streamId) || !hashes.get(placeOf(streamId, kept.version))?.equals(kept.hash)) return 0;
  const seen = await patiently('looking what anchors saw', () =>
    anchored.findOne({ tenant, streamId }, { sort: { version: -1 }, projection: { version: 1 } }),
  );
  return Math.min(kept.version, (seen?.version ?? 0) + 1);
};

/**
 * Commits of a tenant from before a moment that stand below a kept state, by stream and version. The first of each
 * stream stays in the store: it tells that the stream is there, and whether something of it was erased.
 */
export async function* dueCommits(
  opened: OpenDatabase,
  seal: Seal,
  tenant: TenantScope,
  before: number,
): AsyncGenerator<DueCommit> {
  const { commits, snapshots, patiently } = opened;
  const states = snapshots
    .find({ tenant }, { projection: { streamId: 1, version: 1 } })
    .sort({ tenant: 1, streamId: 1 });
  for await (const { streamId, version } of states) {
    if (STAYS.has(subjectOf(streamId))) continue;
    const old = { tenant, streamId, version: { $gt: 1, $lt: version }, at: { $lt: before } };
    const projection = { _id: 1 as const };
    if (!(await patiently('looking for old commits', () => commits.findOne(old, { projection })))) continue;
    const end = await endOf(opened, seal, tenant, streamId);
    const found = commits.find({ ...old, version: { $gt: 1, $lt: end } }, { raw: true }).sort({ version: 1 });
    for await (const raw of found as unknown as AsyncIterable<Uint8Array>) {
      const document = Buffer.from(raw);
      const commit = commitIn({ document });
      if (!mayGo(commit)) break;
      yield { commit, document };
    }
  }
}
