import type { Commit, OpenDatabase } from './collections.js';
import { isDuplicate } from './errors.js';

/**
 * Inserts commits in one call, each on its own. A lost connection is tried again: a duplicate that is our own then
 * means that it was written.
 * @returns places of those written; the others lost a race: their place or their request was taken.
 */
export const insertCommits = async (opened: OpenDatabase, commits: readonly Commit[]): Promise<Set<string>> => {
  const writers = new Map(commits.map(({ _id, writer }) => [_id, writer]));
  if (commits.length === 0) return new Set();
  try {
    await opened.patiently('committing', () => opened.commits.insertMany([...commits], { ordered: false }));
    return new Set(writers.keys());
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const there = await opened.patiently('looking for our commits', () =>
    opened.commits.find({ _id: { $in: [...writers.keys()] } }, { projection: { writer: 1 } }).toArray(),
  );
  return new Set(there.filter(({ _id, writer }) => writers.get(_id) === writer).map(({ _id }) => _id));
};
