import mongoose from 'mongoose';
import type { Commit } from '../src/collections.js';

/**
 * Changes the stored bytes of a fact behind the store's back, as somebody with access to its files could.
 * @param url of the server; the database is `vigie_<service>`.
 * @returns puts the old bytes back.
 */
export const rewriteFact = async (
  url: string,
  service: string,
  fact: { streamId: string; type: string },
  change: (bytes: Buffer) => Buffer,
): Promise<() => Promise<void>> => {
  const within = async <T>(work: (commits: mongoose.mongo.Collection<Commit>) => Promise<T>): Promise<T> => {
    const connection = await mongoose.createConnection(url, { promoteBuffers: true }).asPromise();
    try {
      return await work(connection.getClient().db(`vigie_${service}`).collection<Commit>('commits'));
    } finally {
      await connection.close();
    }
  };
  const put = (id: string, index: number, bytes: Buffer): Promise<void> =>
    within(
      async (commits) => void (await commits.updateOne({ _id: id }, { $set: { [`facts.${index}.bytes`]: bytes } })),
    );
  const { id, index, bytes } = await within(async (commits) => {
    const commit = await commits.findOne(
      { streamId: fact.streamId, 'facts.type': fact.type },
      { promoteBuffers: true },
    );
    const found = commit?.facts.findIndex(({ type }) => type === fact.type) ?? -1;
    const kept = commit?.facts[found];
    if (!commit || !kept) throw new Error(`no fact ${fact.type} in ${fact.streamId}`);
    return { id: commit._id, index: found, bytes: kept.bytes };
  });
  await put(id, index, change(bytes));
  return () => put(id, index, bytes);
};
