import type { Commit, OpenDatabase } from '../collections.js';
import { placeOf } from '../commits.js';
import { isDuplicate } from '../errors.js';
import { exactly } from '../exact.js';
import type { TenantScope } from '../scope.js';
import { archivedRows, type ArchiveQuery, type BrokenFile } from './read-archive.js';

/**
 * Puts archived commits of a stream back into the store, to be sent once more: a reader misses them. A later pass takes
 * them away again. @returns how many.
 */
export const bringBack = async (
  opened: OpenDatabase,
  tenant: TenantScope,
  streamId: string,
  { from, to }: { from: number; to: number },
): Promise<number> => {
  const first = { _id: placeOf(streamId, from) };
  if (await opened.patiently('looking for a commit', () => opened.commits.findOne(first, { projection: { _id: 1 } })))
    return 0;
  let count = 0;
  // A file that cannot be read is no reason to end: its reader asks again.
  const broken = ({ problem }: BrokenFile): void =>
    opened.log.error({ tenant, streamId, problem }, 'archived commits cannot be sent again');
  const wanted: ArchiveQuery = { streams: [streamId], by: 'stream', broken };
  for await (const { version, document } of archivedRows(opened, tenant, wanted)) {
    if (version < from || version >= to) continue;
    const commit = { ...exactly(document), unpublished: true } as unknown as Commit;
    const isNew = await opened.patiently('bringing commits back', () =>
      opened.commits.insertOne(commit).then(
        () => true,
        (error: unknown) => {
          if (isDuplicate(error)) return false;
          throw error;
        },
      ),
    );
    count += isNew ? 1 : 0;
  }
  return count;
};
