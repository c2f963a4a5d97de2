import type { Commit, OpenDatabase } from './collections.js';
import { isDuplicate } from './errors.js';

/**
 * Inserts commits in one call, each on its own. A lost connection is tried again: a duplicate that is our own then
 * means that it was written.
 * @returns places of those written; the others lost a race: their place or their request was taken.
 */
export const insertCommits = async (opened: OpenDatabase, commits: readonly Commit[]): Promise<Set<string>> => {
  const writers = new Map(commits.map(({ _id, writer }) => [_id, writer]));
  const [first, ...others] = commits;
  if (!first) return new Set();
  // Of a bulk the driver writes each document twice, once to know its size.
  const insert = async (): Promise<unknown> =>
    others.length === 0 ? opened.commits.insertOne(first) : opened.commits.insertMany([...commits], { ordered: false });
  try {
    await opened.patiently('committing', insert);
    return new Set(writers.keys());
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const there = await opened.patiently('looking for our commits', () =>
    opened.commits.find({ _id: { $in: [...writers.keys()] } }, { projection: { writer: 1 } }).toArray(),
  );
  return new Set(there.filter(({ _id, writer }) => writers.get(_id) === writer).map(({ _id }) => _id));
};
