import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { idOf } from '#libs/model';
import { parquetOf, type Duck } from './duck.js';
import { dayFolder, daysOf, filesOf, MIXED, tenantsOf } from './folders.js';
import { copyTo } from './write.js';

/** A tenant's day with fewer files is left alone. */
export const FEW_FILES = 8;

/**
 * Makes one sorted file of a tenant's day, one row an event id, and removes the files it was made of. What comes in
 * meanwhile stays; a crash in between leaves rows twice, which questions do not see and the next compaction removes.
 * @returns files merged; 0 when there were fewer than `few`.
 */
export const compactDay = async (duck: Duck, tenant: string, day: string, few = FEW_FILES): Promise<number> => {
  const files = await filesOf(duck.lake, tenant, day);
  if (files.length < Math.max(few, 2)) return 0;
  const merged = join(
    dayFolder(duck.lake, tenant, day),
    `compacted-${idOf(...files.map((file) => basename(file)))}.parquet`,
  );
  const connection = await duck.connect();
  try {
    const select = `SELECT * FROM ${parquetOf(files)} QUALIFY row_number() OVER (PARTITION BY id ORDER BY ingested_at) = 1 ORDER BY occurred_at, id`;
    await copyTo(connection, select, merged);
  } finally {
    connection.closeSync();
  }
  await Promise.all(files.map((file) => rm(file, { force: true })));
  return files.length;
};

/**
 * Compacts every tenant's days that have many files. One that fails, as one too large for our memory does, keeps no
 * other from it.
 * @returns files merged.
 */
export const compactAll = async (
  duck: Duck,
  few = FEW_FILES,
  failed: (tenant: string, day: string, error: unknown) => void = () => undefined,
): Promise<number> => {
  let merged = 0;
  for (const tenant of await tenantsOf(duck.lake)) {
    for (const day of [...(await daysOf(duck.lake, tenant)), MIXED]) {
      merged += await compactDay(duck, tenant, day, few).catch((error: unknown) => {
        failed(tenant, day, error);
        return 0;
      });
    }
  }
  return merged;
};
