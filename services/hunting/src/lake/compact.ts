import { basename, dirname } from 'node:path';
import { idOf } from '#libs/model';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal, onFiles, parquetOf, type Duck } from './duck.js';
import type { LakeFile } from './files/port.js';
import { placeOf, tenantFolder, tenantsOf } from './folders.js';
import { mergeOf, type Merge } from './plan.js';
import { copyTo } from './write.js';

/** Holds others off a place while one of them compacts it. */
export interface CompactionLease {
  /** Takes or renews it. @returns whether it is ours, and has been without a break since we took it. */
  hold(): Promise<boolean>;
  release(): Promise<void>;
}

export interface CompactionPorts {
  duck: Duck;
  /** Epoch ms. */
  now(): number;
  lease(place: string): CompactionLease;
  /** What fails keeps no other from it. */
  failed(place: string, error: unknown): void;
}

/** Another replica has taken over: nothing of ours may be changed any more. */
class LeaseLost extends Error {}

const still = async (lease: CompactionLease): Promise<void> => {
  if (!(await lease.hold())) throw new LeaseLost('the lease was lost');
};

/** Files by the time of their earliest event: an hour read in this order is nearly sorted, without being sorted as a whole. */
const inTime = async (connection: DuckDBConnection, files: string[]): Promise<string[]> => {
  const found = await connection.runAndReadAll(
    `SELECT file_name, min(stats_min_value) AS first FROM parquet_metadata([${files.map(literal).join(', ')}])
     WHERE path_in_schema = 'occurred_at' GROUP BY file_name ORDER BY first, file_name`,
  );
  return found.getRows().map(([file]) => String(file));
};

/** Every event of the files, one row an id: as a stream, but for those that are there more than once. */
const once = async (connection: DuckDBConnection, files: string[]): Promise<string> => {
  const rows = parquetOf(await inTime(connection, files));
  await connection.run(`CREATE TEMP TABLE twice AS SELECT id FROM ${parquetOf(files)} GROUP BY id HAVING count(*) > 1`);
  const [[twice] = [0]] = (await connection.runAndReadAll('SELECT count(*) FROM twice')).getRows();
  if (Number(twice) === 0) return `SELECT * FROM ${rows}`;
  return `SELECT * FROM ${rows} WHERE id NOT IN (FROM twice)
    UNION ALL (SELECT * FROM ${rows} WHERE id IN (FROM twice)
      QUALIFY row_number() OVER (PARTITION BY id ORDER BY ingested_at) = 1)`;
};

/**
 * Makes one file of several of a place, one row an event id, and removes those it was made of. What comes in meanwhile
 * stays; a crash in between leaves rows twice, which questions do not see and the next compaction removes. Whoever
 * lost the lease before the file stood there changes nothing; after that, the files that are in it are of no use.
 */
const merge = async ({ duck }: CompactionPorts, place: string, { files, final }: Merge, lease: CompactionLease) => {
  const name = `${final ? 'compacted' : 'merged'}-${idOf(...files.map(({ path }) => basename(path)))}.parquet`;
  await onFiles(duck, files, undefined, (connection, local) =>
    duck.files.write(
      `${place}/${name}`,
      async (path) => copyTo(connection, await once(connection, local), path),
      () => still(lease),
    ),
  );
  await still(lease);
  await duck.files.remove(files.map(({ path }) => path));
  return files.length;
};

/** Files of a tenant by the place they lie in. */
const byPlace = (files: readonly LakeFile[]): Map<string, LakeFile[]> => {
  const found = new Map<string, LakeFile[]>();
  for (const file of files) {
    const place = placeOf(file);
    const others = found.get(place);
    if (others) others.push(file);
    else found.set(place, [file]);
  }
  return found;
};

const compactPlace = async (ports: CompactionPorts, tenant: string, place: string): Promise<number> => {
  const folder = `${tenantFolder(tenant)}/${place}`;
  const lease = ports.lease(folder);
  if (!(await lease.hold())) return 0;
  try {
    // Whoever had the lease before may have changed what was seen.
    const files = (await ports.duck.files.list(folder)).filter((file) => dirname(file.path) === folder);
    const due = mergeOf(place, files, ports.now());
    return due ? await merge(ports, folder, due, lease) : 0;
  } catch (error) {
    if (error instanceof LeaseLost) return 0;
    throw error;
  } finally {
    await lease.release();
  }
};

/**
 * Compacts what is due of every tenant. One that fails keeps no other from it.
 * @returns files merged.
 */
export const compactAll = async (ports: CompactionPorts): Promise<number> => {
  let merged = 0;
  for (const tenant of await tenantsOf(ports.duck.files)) {
    for (const [place, files] of byPlace(await ports.duck.files.list(tenantFolder(tenant)))) {
      if (!mergeOf(place, files, ports.now())) continue;
      merged += await compactPlace(ports, tenant, place).catch((error: unknown) => {
        ports.failed(`${tenantFolder(tenant)}/${place}`, error);
        return 0;
      });
    }
  }
  return merged;
};
