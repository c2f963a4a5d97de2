import { isDuplicate } from './errors.js';
import type { Commit, Opened } from './collections.js';

/**
 * Inserts commits in one call, each on its own. A lost connection is tried again: a duplicate of our own `_id` then means
 * that it was written.
 * @returns ids of those written; the others lost a race (their place or their request was taken).
 */
export const insertCommits = async (opened: Opened, commits: readonly Commit[]): Promise<Set<string>> => {
  const ids = commits.map(({ _id }) => _id);
  if (ids.length === 0) return new Set();
  try {
    await opened.patiently('committing', () => opened.commits.insertMany(commits.map((commit) => ({ ...commit })), { ordered: false }));
    return new Set(ids);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const written = await opened.patiently('looking for our commits', () =>
    opened.commits.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray());
  return new Set(written.map(({ _id }) => _id));
};
