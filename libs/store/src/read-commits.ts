import { archivedCommits, type BrokenFile } from './archive/read-archive.js';
import type { Commit, MongoFilter, OpenDatabase } from './collections.js';
import { isPassing } from './errors.js';
import type { TenantScope } from './scope.js';

/** Lost connections in a row, without a commit read in between, that end a reading. */
const LOSSES = 5;

interface CommitReading {
  /** The commits after `last`, in order; it may give `last` and those before it again. */
  from(last: Commit | undefined): AsyncIterable<Commit> & { close(): Promise<void> };
  isBehind(commit: Commit, last: Commit): boolean;
}

async function* through({ from, isBehind }: CommitReading, last: Commit | undefined): AsyncGenerator<Commit> {
  const cursor = from(last);
  try {
    for await (const commit of cursor) if (last === undefined || isBehind(commit, last)) yield commit;
  } finally {
    await cursor.close().catch(() => undefined);
  }
}

/** Reads commits through one cursor; after a lost connection it goes on behind the last commit read. */
async function* reading(opened: OpenDatabase, what: CommitReading): AsyncGenerator<Commit> {
  let last: Commit | undefined;
  for (let losses = 0; ; losses += 1) {
    try {
      for await (const commit of through(what, last)) {
        [last, losses] = [commit, 0];
        yield commit;
      }
      return;
    } catch (error) {
      if (!isPassing(error) || losses >= LOSSES) throw error;
    }
    await opened.patiently('reading on', () => opened.db.command({ ping: 1 }));
  }
}

/** Texts in the order of their UTF-8 bytes, as store and archive sort them. */
const inBytes = (one: string, other: string): number =>
  one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));

/** Commits of both, each once, in their common order. */
async function* merged(
  kept: AsyncGenerator<Commit>,
  archived: AsyncGenerator<Commit>,
  compare: (one: Commit, other: Commit) => number,
): AsyncGenerator<Commit> {
  try {
    let [one, other] = [await kept.next(), await archived.next()];
    while (!one.done || !other.done) {
      const which = one.done ? 1 : other.done ? -1 : compare(one.value, other.value);
      if (which <= 0 && !one.done) yield one.value;
      else if (!other.done) yield other.value;
      // What is archived stays in the store for a while: it counts as it is there.
      if (which <= 0) one = await kept.next();
      if (which >= 0) other = await archived.next();
    }
  } finally {
    await kept.return(undefined);
    await archived.return(undefined);
  }
}

/** Which commits of a tenant. */
export interface CommitsWanted {
  tenant: TenantScope;
  /** Bounds of the order. */
  within?: { $gte?: string; $lt?: string };
  /** Some of those without facts of these types may come too. */
  types?: readonly string[] | undefined;
  /** What else the store is asked for, which holds for all commits with facts of these types. */
  filter?: MongoFilter<Commit>;
}

/** Commits of a tenant in commit order, archived ones too; each stream's own order holds. */
export const inOrder = (
  opened: OpenDatabase,
  { tenant, within = {}, types, filter = {} }: CommitsWanted,
): AsyncGenerator<Commit> =>
  merged(
    reading(opened, {
      from: (last) => {
        const order = last ? { ...within, $gt: last.order } : within;
        const bounded = Object.keys(order).length > 0 ? { order } : {};
        return opened.commits.find({ ...filter, tenant, ...bounded }).sort({ order: 1 });
      },
      isBehind: (commit, last) => commit.order > last.order,
    }),
    archivedCommits(opened, tenant, { by: 'place', from: within.$gte, to: within.$lt, types }),
    (one, other) => inBytes(one.order, other.order),
  );

/**
 * Commits of a tenant, or of one of its streams, by stream and version, archived ones too.
 * @param broken told of files of the archive that cannot be read, and are passed over; without it they are a Fault.
 */
export const byStream = (
  opened: OpenDatabase,
  tenant: TenantScope,
  streamId?: string,
  broken?: (one: BrokenFile) => void,
): AsyncGenerator<Commit> =>
  merged(
    reading(opened, {
      from: (last) => {
        const from = streamId ?? (last ? { $gte: last.streamId } : undefined);
        return opened.commits
          .find(from === undefined ? { tenant } : { tenant, streamId: from })
          .sort({ streamId: 1, version: 1 });
      },
      isBehind: (commit, last) => commit.streamId !== last.streamId || commit.version > last.version,
    }),
    archivedCommits(opened, tenant, { by: 'stream', streams: streamId === undefined ? undefined : [streamId], broken }),
    (one, other) => inBytes(one.streamId, other.streamId) || one.version - other.version,
  );
