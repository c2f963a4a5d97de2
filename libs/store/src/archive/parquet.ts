import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { DuckDBBlobValue, DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A commit as a row of a file. */
export interface ArchivedRow {
  stream: string;
  version: number;
  /** See `orderOf`. */
  place: string;
  /** Types of its facts, by commas. */
  types: string;
  /** The commit's document as the store had it (BSON): the chain is over what was written. */
  document: Buffer;
}

/** Which rows of files, and in which order. */
export interface RowsWanted {
  files: readonly string[];
  streams?: readonly string[] | undefined;
  /** Bounds of `place`. */
  from?: string | undefined;
  to?: string | undefined;
  by: 'stream' | 'place';
}

/** Reads and writes files of commits. The engine is loaded with the first, and is not there before. */
export interface Parquet {
  /** @param rows by stream and version. */
  write(path: string, rows: readonly ArchivedRow[]): Promise<void>;
  read(wanted: RowsWanted): AsyncGenerator<ArchivedRow>;
  close(): Promise<void>;
}

/** Of the engine, beside what is read; sorting more than that is done on the disk. */
const MEMORY_MB = 256;
/** The least that the engine takes. */
const GROUP_ROWS = 2_048;
const SCHEMA = 'stream VARCHAR, version BIGINT, place VARCHAR, types VARCHAR, document BLOB';

/** Text of a SQL literal: for paths of our own. */
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const opened = async (folder: string): Promise<DuckDBInstance> => {
  const { DuckDBInstance: Instance } = await import('@duckdb/node-api');
  const instance = await Instance.create(':memory:');
  const connection = await instance.connect();
  for (const setting of [
    'SET threads = 1',
    `SET memory_limit = '${MEMORY_MB}MB'`,
    `SET temp_directory = ${literal(join(folder, `.spill-${randomUUID()}`))}`,
    `SET allowed_directories = [${literal(`${folder}/`)}]`,
    'SET enable_external_access = false',
    'SET lock_configuration = true',
  ])
    await connection.run(setting);
  connection.closeSync();
  return instance;
};

/** Values are bound: a stream's name may be a vendor's. */
const query = ({ files, streams, from, to, by }: RowsWanted): { sql: string; values: string[] } => {
  const asked = [
    { condition: `stream IN (${streams?.map(() => '?').join(', ')})`, values: streams },
    { condition: 'place >= ?', values: from === undefined ? undefined : [from] },
    { condition: 'place < ?', values: to === undefined ? undefined : [to] },
  ].filter((one) => one.values !== undefined);
  const where = asked.length > 0 ? `WHERE ${asked.map(({ condition }) => condition).join(' AND ')}` : '';
  const order = by === 'place' ? 'place' : 'stream, version';
  const from_ = `read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false)`;
  const sql = `SELECT stream, version, place, types, document FROM ${from_} ${where} ORDER BY ${order}`;
  return { sql, values: asked.flatMap(({ values }) => values ?? []) };
};

const fill = async (connection: DuckDBConnection, rows: readonly ArchivedRow[]): Promise<void> => {
  await connection.run(`CREATE TEMP TABLE kept (${SCHEMA})`);
  const appender = await connection.createAppender('kept');
  for (const { stream, version, place, types, document } of rows) {
    appender.appendVarchar(stream);
    appender.appendBigInt(BigInt(version));
    appender.appendVarchar(place);
    appender.appendVarchar(types);
    appender.appendBlob(document);
    appender.endRow();
  }
  appender.closeSync();
};

/** @param at the folder of all files, and of what sorting spills. */
export const parquetIn = (at: string): Parquet => {
  const folder = resolve(at);
  let engine: Promise<DuckDBInstance> | undefined;
  const connect = async (): Promise<DuckDBConnection> => (await (engine ??= opened(folder))).connect();
  return {
    write: async (path, rows) => {
      const connection = await connect();
      try {
        await fill(connection, rows);
        await connection.run(
          `COPY (FROM kept) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS})`,
        );
      } finally {
        await connection.run('DROP TABLE IF EXISTS kept').catch(() => undefined);
        connection.closeSync();
      }
    },
    read: async function* (wanted) {
      if (wanted.files.length === 0 || wanted.streams?.length === 0) return;
      const connection = await connect();
      try {
        const { sql, values } = query(wanted);
        const result = await connection.stream(sql, values);
        for await (const rows of result.yieldRows())
          for (const [stream, version, place, types, document] of rows)
            yield {
              stream: String(stream),
              version: Number(version),
              place: String(place),
              types: String(types),
              document: Buffer.from((document as DuckDBBlobValue).bytes),
            };
      } finally {
        connection.closeSync();
      }
    },
    close: async () => {
      const instance = await engine?.catch(() => undefined);
      engine = undefined;
      instance?.closeSync();
    },
  };
};
