import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { filesInFolder } from './files/folder.js';
import type { FilesOfLake, HeldFiles, LakeFile } from './files/port.js';
import { openRowSource, type RowSource } from './row-source.js';

/** DuckDB over the lake's files, and nothing else of this machine. */
export interface Duck {
  files: FilesOfLake;
  rows: RowSource;
  connect(): Promise<DuckDBConnection>;
  close(): void;
}

export interface DuckOptions {
  threads?: number;
  memoryMb?: number;
  /** What may be put on the disk beyond that; none when 0. */
  spillMb?: number;
}

/** Text of a SQL literal. For paths of our own making only: whatever a person wrote is bound. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Of this instance alone: replicas share the folder. DuckDB takes it away when it closes. */
const spilling = ({ reaches: [folder = ''] }: FilesOfLake, spillMb: number): string[] =>
  spillMb === 0
    ? [`SET temp_directory = ''`]
    : [
        `SET temp_directory = ${literal(join(folder, `.spill-${randomUUID()}`))}`,
        `SET max_temp_directory_size = '${Math.trunc(spillMb)}MB'`,
      ];

/**
 * Opens an in-memory DuckDB that can reach the lake's files alone; its settings cannot be changed any more.
 * @param files the lake, or its folder.
 */
export const openDuck = async (
  files: FilesOfLake | string,
  { threads = 2, memoryMb = 1_024, spillMb = 0 }: DuckOptions = {},
): Promise<Duck> => {
  const lake = typeof files === 'string' ? filesInFolder(files) : files;
  for (const folder of lake.reaches) await mkdir(folder, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const setting of [
    `SET threads = ${Math.trunc(threads)}`,
    `SET memory_limit = '${Math.trunc(memoryMb)}MB'`,
    ...spilling(lake, spillMb),
    `SET TimeZone = 'UTC'`,
    // It keeps what it has read of each file for ever, of those that are gone, too, beside the limit of memory: 1.3 GB
    // after 1,500 files. Without it a question over a million rows of 24 files costs 15 ms of CPU more.
    'SET parquet_metadata_cache = false',
    `SET allowed_directories = [${lake.reaches.map((folder) => literal(`${folder}/`)).join(', ')}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await connection.run(setting);
  const rows = openRowSource(connection);
  connection.closeSync();
  return { files: lake, rows, connect: () => instance.connect(), close: () => instance.closeSync() };
};

/** What the first lakes did not have: where all files are of then, no file names it. */
export const LATER = 'SELECT NULL::VARCHAR AS envelope WHERE false';

/** The rows of files, where they lie on this machine; columns that some lack are null, and what all lack is not there. */
export const rowsIn = (files: readonly string[]): string =>
  `read_parquet([${files.map(literal).join(', ')}], union_by_name = true, hive_partitioning = false)`;

/** The same with every column of the lake, for what reads all of them: it costs others a look at each. */
export const parquetOf = (files: readonly string[]): string =>
  `(SELECT * FROM ${rowsIn(files)} UNION ALL BY NAME ${LATER})`;

/** A connection beside files that are held, which are let go when there is none. */
export const connected = (duck: Duck, held: HeldFiles): Promise<DuckDBConnection> =>
  duck.connect().catch((error: unknown) => {
    held.release();
    throw error;
  });

/**
 * Works with a connection of its own on files of the lake, where they lie on this machine while it lasts. Given nothing
 * when there are none.
 */
export const onFiles = async <T>(
  duck: Duck,
  files: readonly LakeFile[],
  none: T,
  work: (connection: DuckDBConnection, local: string[]) => Promise<T>,
): Promise<T> => {
  if (files.length === 0) return none;
  const held = await duck.files.hold(files);
  const connection = await connected(duck, held);
  try {
    return await work(connection, held.local);
  } finally {
    connection.closeSync();
    held.release();
  }
};
