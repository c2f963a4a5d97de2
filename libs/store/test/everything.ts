import mongoose from 'mongoose';

/** A collection of a service's database with all that stands in it, bytes as Buffers. */
export interface Everything {
  /** The service whose database it is. */
  service: string;
  collection: string;
  documents: Record<string, unknown>[];
}

const PREFIX = 'vigie_';

const within = async <T>(url: string, work: (client: mongoose.mongo.MongoClient) => Promise<T>): Promise<T> => {
  const connection = await mongoose.createConnection(url, { promoteBuffers: true }).asPromise();
  try {
    return await work(connection.getClient());
  } finally {
    await connection.close();
  }
};

/** Every collection of every service, past the store's own scopes: as somebody with access to the server sees it. */
export const everything = (url: string): Promise<Everything[]> =>
  within(url, async (client) => {
    const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
    const found: Everything[] = [];
    for (const { name } of databases.filter((one) => one.name.startsWith(PREFIX))) {
      const collections = await client.db(name).listCollections({}, { nameOnly: true }).toArray();
      for (const { name: collection } of collections) {
        const documents = await client.db(name).collection(collection).find({}, { promoteBuffers: true }).toArray();
        found.push({ service: name.slice(PREFIX.length), collection, documents });
      }
    }
    return found;
  });

const inside = <T>(
  url: string,
  service: string,
  collection: string,
  work: (documents: mongoose.mongo.Collection<{ _id: string }>) => Promise<T>,
): Promise<T> => within(url, (client) => work(client.db(PREFIX + service).collection<{ _id: string }>(collection)));

/** Puts other fields into a document. @returns puts the old ones back. */
export const replant = async (
  url: string,
  service: string,
  collection: string,
  _id: string,
  fields: Record<string, unknown>,
): Promise<() => Promise<void>> => {
  const before = await inside(url, service, collection, (documents) =>
    documents.findOneAndUpdate({ _id }, { $set: fields }, { promoteBuffers: true }),
  );
  if (!before) throw new Error(`no document ${_id} in ${collection}`);
  return async () =>
    void (await inside(url, service, collection, (documents) => documents.replaceOne({ _id }, before)));
};

/**
 * Puts a document where it does not belong.
 * @returns takes it away again, with the collection when nothing else is in it.
 */
export const plant = async (
  url: string,
  service: string,
  collection: string,
  document: { _id: string } & Record<string, unknown>,
): Promise<() => Promise<void>> => {
  await inside(url, service, collection, (documents) => documents.insertOne(document));
  return () =>
    inside(url, service, collection, async (documents) => {
      await documents.deleteOne({ _id: document._id });
      if ((await documents.countDocuments({}, { limit: 1 })) === 0) await documents.drop();
    });
};
