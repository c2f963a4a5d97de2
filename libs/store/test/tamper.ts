import mongoose from 'mongoose';
import { GENESIS, hashOf } from '../src/chain.js';
import type { AnchoredDocument, Commit } from '../src/collections.js';

type Raw<T extends mongoose.mongo.Document> = mongoose.mongo.Collection<T>;

/** A service's database as somebody sees it who has its password, and this program. */
export interface Behind {
  commits: Raw<Commit>;
  anchored: Raw<AnchoredDocument>;
  collection<T extends mongoose.mongo.Document>(name: string): Raw<T>;
  /** Writes a stream anew from a version on, every hash right again. */
  rewrite(streamId: string, version: number, change: (commit: Commit) => Partial<Commit>): Promise<void>;
  close(): Promise<void>;
}

const rewriteIn =
  (commits: Raw<Commit>): Behind['rewrite'] =>
  async (streamId, version, change) => {
    let previous: Buffer = GENESIS;
    for (const commit of await commits.find({ streamId }).sort({ version: 1 }).toArray()) {
      const next = commit.version < version ? commit : { ...commit, ...change(commit) };
      const hash = hashOf(previous, next);
      await commits.replaceOne({ _id: commit._id }, { ...next, hash });
      previous = hash;
    }
  };

/** Opens a database behind the store's back. @param url of the server. */
export const openBehind = async (url: string, database: string): Promise<Behind> => {
  const connection = await mongoose.createConnection(url, { promoteBuffers: true, ignoreUndefined: true }).asPromise();
  const db = connection.getClient().db(database);
  const commits = db.collection<Commit>('commits');
  return {
    commits,
    anchored: db.collection<AnchoredDocument>('anchored'),
    collection: (name) => db.collection(name),
    rewrite: rewriteIn(commits),
    close: () => connection.close(),
  };
};
