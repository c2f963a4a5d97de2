import { onFiles, openDuck, parquetOf, type Duck } from './duck.js';
import { tenantFolder } from './folders.js';

/**
 * Ids of all events of a tenant in the lake, sorted, each once: for the oracle that compares them with what was
 * acknowledged.
 */
export const lakeIds = async (duck: Duck, tenant: string): Promise<string[]> =>
  onFiles(duck, await duck.files.list(tenantFolder(tenant)), [], async (connection, files) => {
    const reader = await connection.runAndReadAll(`SELECT DISTINCT id FROM ${parquetOf(files)} ORDER BY id`);
    return reader.getRows().map(([id]) => String(id));
  });

/** The same for a folder, from outside of the service. */
export const idsInLake = async (folder: string, tenant: string): Promise<string[]> => {
  const duck = await openDuck(folder);
  try {
    return await lakeIds(duck, tenant);
  } finally {
    duck.close();
  }
};
