import { setImmediate as breath } from 'node:timers/promises';
import { streamsOf, subjectOf } from './census.js';
import type { AnchoredDocument, MongoCollection, Commit, MongoFilter, OpenDatabase } from './collections.js';
import { isDuplicate } from './errors.js';
import { orderFrom, placeOf } from './commits.js';
import { merkleTree } from './merkle.js';
import type { TenantScope } from './scope.js';

/** Heads written or read at once. */
const PAGE = 1_000;
type HeadToNote = Pick<Commit, 'streamId' | 'version' | 'hash'>;
const HEAD = { streamId: 1, version: 1, hash: 1 } as const;

/**
 * Somebody may have put there what is none: it is told by the checks, and ends neither them nor the making of anchors.
 */
export const isHead = ({ streamId, version, hash }: HeadToNote): boolean =>
  typeof streamId === 'string' && Number.isSafeInteger(version) && hash instanceof Uint8Array;

/** Name of a run: when it was, in 15 digits, and the epoch of its lease. */
export const isRun = (run: unknown): boolean => typeof run === 'string' && /^\d{15}\/\d{10,}$/.test(run);

const insertNew = async (anchored: MongoCollection<AnchoredDocument>, documents: AnchoredDocument[]): Promise<void> => {
  try {
    await anchored.insertMany(documents, { ordered: false });
  } catch (error) {
    // Noted before, by an earlier run.
    if (!isDuplicate(error)) throw error;
  }
};

/** Asked between two pages. @returns false when the work is to end: the service stops, or another replica is at it. */
export type GoOn = () => Promise<boolean>;

/** Which streams' ends are looked for: those of the subjects that had commits since (epoch ms). */
export interface RecentCommits {
  tenant: TenantScope;
  since: number;
  subjects: ReadonlySet<string>;
}

/**
 * Notes where streams stand; one that had commits over several pages is noted more than once, and the highest counts.
 * Streams are never taken off the list: one that is gone is missed by every later anchor. @returns false when cut
 * short.
 */
export const noteHeads = async (
  opened: OpenDatabase,
  { tenant, since, subjects }: RecentCommits,
  run: string,
  going: GoOn,
): Promise<boolean> => {
  let page = new Map<string, HeadToNote>();
  const flush = async (): Promise<void> => {
    const documents = [...page.values()].map(({ streamId, version, hash }) => ({
      _id: placeOf(streamId, version),
      tenant,
      streamId,
      version,
      hash,
      run,
    }));
    page = new Map();
    if (documents.length > 0) await opened.patiently('noting heads', () => insertNew(opened.anchored, documents));
  };
  let read = 0;
  const recent: MongoFilter<Commit> = { tenant, order: { $gte: orderFrom(since) } };
  for await (const { streamId, version, hash } of opened.commits
    .find(recent, { projection: HEAD, batchSize: PAGE })
    .sort({ order: 1 })) {
    if ((read += 1) % PAGE === 0 && !(await going())) return false;
    if (!isHead({ streamId, version, hash }) || !subjects.has(subjectOf(streamId))) continue;
    page.set(streamId, { streamId, version, hash });
    if (page.size >= PAGE) await flush();
  }
  await flush();
  return true;
};

/** What lies under the root of an anchor. */
export interface AnchorCover {
  /** Hexadecimal. */
  root: string;
  streams: number;
  commits: number;
}

/** What the heads noted up to each of these runs amount to, in one reading; one head is held at a time. */
export const coveredBy = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  subject: string,
  runs: readonly string[],
): Promise<Map<string, AnchorCover>> => {
  const sums = [...new Set(runs)].map((run) => ({
    run,
    tree: merkleTree(),
    streams: 0,
    commits: 0,
    head: undefined as HeadToNote | undefined,
  }));
  type Sum = (typeof sums)[number];
  const close = (sum: Sum): void => {
    if (!sum.head) return;
    sum.tree.add(sum.head);
    sum.streams += 1;
    sum.commits += sum.head.version;
  };
  let read = 0;
  const heads = opened.anchored
    .find({ tenant, streamId: streamsOf(subject) }, { batchSize: PAGE })
    .sort({ tenant: 1, streamId: 1, version: 1 });
  for await (const head of heads) {
    if (!isHead(head)) continue;
    for (const sum of sums) {
      if (head.run > sum.run) continue;
      if (sum.head?.streamId !== head.streamId) close(sum);
      sum.head = head;
    }
    // A long list is no reason to keep everything else of the process waiting.
    if ((read += 1) % PAGE === 0) await breath();
  }
  sums.forEach(close);
  return new Map(
    sums.map(({ run, tree, streams, commits }) => [run, { root: tree.root().toString('hex'), streams, commits }]),
  );
};
