import { openDuck, parquetOf, type Duck } from './duck.js';
import { daysOf, filesOf, MIXED } from './folders.js';

/**
 * Ids of all events of a tenant in the lake, sorted, each once: for the oracle that compares them with what was
 * acknowledged.
 */
export const lakeIds = async (duck: Duck, tenant: string): Promise<string[]> => {
  const days = [...(await daysOf(duck.lake, tenant)), MIXED];
  const files = (await Promise.all(days.map((day) => filesOf(duck.lake, tenant, day)))).flat();
  if (files.length === 0) return [];
  const connection = await duck.connect();
  try {
    const reader = await connection.runAndReadAll(`SELECT DISTINCT id FROM ${parquetOf(files)} ORDER BY id`);
    return reader.getRows().map(([id]) => String(id));
  } finally {
    connection.closeSync();
  }
};

/** The same for a folder, from outside of the service. */
export const idsInLake = async (folder: string, tenant: string): Promise<string[]> => {
  const duck = await openDuck(folder);
  try {
    return await lakeIds(duck, tenant);
  } finally {
    duck.close();
  }
};
