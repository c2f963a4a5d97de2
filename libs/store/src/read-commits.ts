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

/** Commits of a tenant in commit order; each stream's own order holds too. `within` bounds the order. */
export const inOrder = (
  opened: OpenDatabase,
  filter: MongoFilter<Commit> & { tenant: TenantScope },
  within: { $gte?: string; $lt?: string } = {},
): AsyncGenerator<Commit> =>
  reading(opened, {
    from: (last) => {
      const order = last ? { ...within, $gt: last.order } : within;
      return opened.commits.find(Object.keys(order).length > 0 ? { ...filter, order } : filter).sort({ order: 1 });
    },
    isBehind: (commit, last) => commit.order > last.order,
  });

/** Commits of a tenant, or of one of its streams, by stream and version. */
export const byStream = (opened: OpenDatabase, tenant: TenantScope, streamId?: string): AsyncGenerator<Commit> =>
  reading(opened, {
    from: (last) => {
      const from = streamId ?? (last ? { $gte: last.streamId } : undefined);
      return opened.commits
        .find(from === undefined ? { tenant } : { tenant, streamId: from })
        .sort({ streamId: 1, version: 1 });
    },
    isBehind: (commit, last) => commit.streamId !== last.streamId || commit.version > last.version,
  });
