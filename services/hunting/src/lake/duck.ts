import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';

/** DuckDB over the lake's folder, and nothing else of this machine. */
export interface Duck {
  /** Absolute path of the lake. */
  lake: string;
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

export interface DuckOptions {
  threads?: number;
  memoryMb?: number;
}

/** Text of a SQL literal. For paths of our own making only: whatever a person wrote is bound. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Opens an in-memory DuckDB that can reach the lake's folder alone; its settings cannot be changed any more. */
export const openDuck = async (folder: string, { threads = 2, memoryMb = 1_024 }: DuckOptions = {}): Promise<Duck> => {
  const lake = resolve(folder);
  await mkdir(lake, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const setting of [
    `SET threads = ${Math.trunc(threads)}`,
    `SET memory_limit = '${Math.trunc(memoryMb)}MB'`,
    `SET temp_directory = ''`,
    `SET TimeZone = 'UTC'`,
    `SET allowed_directories = [${literal(`${lake}/`)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await connection.run(setting);
  connection.closeSync();
  return { lake, connect: () => instance.connect(), close: () => instance.closeSync() };
};

/** What the first lakes did not have: where all files are of then, no file names it. */
const LATER = 'SELECT NULL::VARCHAR AS envelope WHERE false';

/** The rows of files; columns that older files lack are null. */
export const parquetOf = (files: string[]): string =>
  `(SELECT * FROM read_parquet([${files.map(literal).join(', ')}], union_by_name = true, hive_partitioning = false) UNION ALL BY NAME ${LATER})`;
