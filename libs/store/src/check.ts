import { reasonOf } from '#libs/model';
import { checkArchive } from './archive/check-archive.js';
import { checkAnchors } from './check-anchors.js';
import { checkHeads } from './check-heads.js';
import { checkSnapshots } from './check-snapshots.js';
import { subjectOf } from './census.js';
import type { Commit, OpenDatabase } from './collections.js';
import { erasedOf } from './erasure.js';
import { chainFindings, type ChainFindings } from './chain-findings.js';
import { parkedStreams } from './parking.js';
import type { FactCodec } from './port.js';
import type { ChainQuery, ChainReport, CommitProblem } from './port-chain.js';
import { byStream } from './read-commits.js';
import { streamOf, type TenantScope } from './scope.js';
import { chainCheck, type IsErased } from './verify.js';

/** Commits between two words about how far it is. */
const STEP = 5_000;

interface CheckedSoFar {
  streams: number;
  commits: number;
}

const readable =
  (check: (commit: Commit) => CommitProblem[]) =>
  (commit: Commit): CommitProblem[] => {
    try {
      return check(commit);
    } catch (error) {
      return [
        { streamId: commit.streamId, version: commit.version, problem: `it is no commit any more: ${reasonOf(error)}` },
      ];
    }
  };

/**
 * Parked streams are in a list that people read; what is held back of others would be told to nobody. The list is
 * written first and ends last.
 */
const heldBackCheck = (opened: OpenDatabase) => {
  const told = new Set<string>();
  return async ({ streamId, version }: Commit): Promise<CommitProblem[]> => {
    if (told.has(streamId)) return [];
    told.add(streamId);
    const isParked = (await parkedStreams(opened, [streamId])).size > 0;
    return isParked
      ? []
      : [
          {
            streamId,
            version,
            problem: 'it is held back from Kafka, and its stream is not parked: nobody hears of it',
          },
        ];
  };
};

const checkChain = async (
  opened: OpenDatabase,
  erased: IsErased,
  tenant: TenantScope,
  streamId: string | undefined,
  seen: CheckedSoFar,
  found: ChainFindings,
  progress?: ChainQuery['progress'],
): Promise<void> => {
  const check = readable(chainCheck(erased));
  const heldBack = heldBackCheck(opened);
  // Told by the check of the archive: its commits are missing here.
  const broken = (): void => undefined;
  let stream = '';
  for await (const commit of byStream(opened, tenant, streamId, broken)) {
    found.add(...check(commit));
    if (commit.heldBack) found.add(...(await heldBack(commit)));
    if (commit.streamId !== stream) seen.streams += 1;
    stream = commit.streamId;
    seen.commits += 1;
    if (seen.commits % STEP === 0) progress?.({ ...seen });
  }
};

/** The chain of a tenant, or of some of its streams: within the commits, and against the heads that anchors noted. */
export const verifyCommits = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  streams?: readonly string[],
  found = chainFindings(),
  progress?: ChainQuery['progress'],
): Promise<CheckedSoFar> => {
  const seen: CheckedSoFar = { streams: 0, commits: 0 };
  const own = streams?.map((streamId) => streamOf(tenant, streamId));
  const erased = await erasedOf(opened, codec, tenant);
  for (const streamId of own ?? [undefined]) await checkChain(opened, erased, tenant, streamId, seen, found, progress);
  await checkHeads(opened, tenant, own, found);
  return seen;
};

/** See ChainOfStore.verify. */
export const verifyAll = async (
  opened: OpenDatabase,
  codec: FactCodec,
  tenant: TenantScope,
  query: ChainQuery = {},
): Promise<ChainReport> => {
  const { streams, witnesses, progress } = query;
  const found = chainFindings();
  const seen = await verifyCommits(opened, codec, tenant, streams, found, progress);
  const subjects = streams && new Set(streams.map(subjectOf));
  const { anchors, lastAnchorAt } = await checkAnchors(opened, codec, tenant, { witnesses, subjects }, found);
  const archived = await checkArchive(opened, tenant, found);
  const snapshots = await checkSnapshots(opened, codec, tenant, query, found);
  return {
    problems: found.list,
    more: found.more(),
    ...seen,
    anchors,
    snapshots,
    archived,
    ...(lastAnchorAt === undefined ? {} : { lastAnchorAt }),
  };
};
