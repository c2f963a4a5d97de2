import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  BIGINT,
  DOUBLE,
  DuckDBDataChunk,
  INTEGER,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { columns, finished, stagingTable, type LakeColumn } from './columns.js';
import { literal, type Duck } from './duck.js';
import { withDays, type DatedLakeEvent, type TenantLakeEvent } from './days.js';
import { dayFolder } from './folders.js';

const CHUNK = 2_048;
const STAGING = 'staging';
const TYPES: Record<LakeColumn['staged'], DuckDBType> = { VARCHAR, BIGINT, INTEGER, DOUBLE };
const types: DuckDBType[] = [...columns.map(({ staged }) => TYPES[staged]), VARCHAR, VARCHAR];

const valueOf = ({ staged, of }: LakeColumn, row: TenantLakeEvent): DuckDBValue => {
  const value = of(row);
  if (value === undefined || value === null) return null;
  return staged === 'BIGINT' ? BigInt(value) : value;
};

const chunkOf = (rows: DatedLakeEvent[]): DuckDBDataChunk => {
  const chunk = DuckDBDataChunk.create(types);
  chunk.setColumns([
    ...columns.map((column) => rows.map((row) => valueOf(column, row))),
    rows.map(({ tenant }) => tenant),
    rows.map(({ day }) => day),
  ]);
  return chunk;
};

const stage = async (connection: DuckDBConnection, rows: DatedLakeEvent[]): Promise<void> => {
  await connection.run(stagingTable(STAGING));
  const appender = await connection.createAppender(STAGING);
  for (let from = 0; from < rows.length; from += CHUNK)
    appender.appendDataChunk(chunkOf(rows.slice(from, from + CHUNK)));
  appender.closeSync();
};

const synced = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
};

/** Runs `COPY (select) TO path`: the file appears under its name only when it is whole and on the disk. */
export const copyTo = async (connection: DuckDBConnection, select: string, path: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  // Of this write alone: replicas share the folder, and in containers each may be process 1.
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await connection.run(
      `COPY (${select}) TO ${literal(temporary)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 50000)`,
    );
    await synced(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await synced(dirname(path));
};

/**
 * Writes events into the lake, one file of this name for each tenant and day among them (see MOST_DAYS). Resolves when
 * all are durable.
 */
export const writeRows = async (duck: Duck, rows: TenantLakeEvent[], name: string): Promise<void> => {
  const connection = await duck.connect();
  try {
    const placed = withDays(rows);
    await stage(connection, placed);
    const places = new Map(placed.map(({ tenant, day }) => [`${tenant}/${day}`, { tenant, day }]));
    for (const { tenant, day } of places.values()) {
      const select = `SELECT ${finished} FROM ${STAGING} WHERE tenant = ${literal(tenant)} AND day = ${literal(day)} ORDER BY occurred_at, id`;
      await copyTo(connection, select, join(dayFolder(duck.lake, tenant, day), name));
    }
  } finally {
    connection.closeSync();
  }
};
