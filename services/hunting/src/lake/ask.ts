import type { HuntQuery } from '#contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duck } from './duck.js';
import { filesBetween } from './folders.js';
import { rowsStatement, scopeStatement, type Statement } from './question.js';

/** Longest a question may take, ms. */
export const MOST_MS = 60_000;
const TRIES = 3;

/** What the lake answers: rows in the order of `answered`, and how many events were in scope. */
export interface LakeAnswer {
  rows: unknown[][];
  scanned: number;
  /** More rows matched than were asked for. */
  more: boolean;
}

const run = async (connection: DuckDBConnection, { sql, values }: Statement): Promise<unknown[][]> =>
  (await connection.runAndReadAll(sql, values)).getRowsJson() as unknown[][];

const once = async (duck: Duck, tenant: string, query: HuntQuery): Promise<LakeAnswer> => {
  const files = await filesBetween(duck.lake, tenant, query.from, query.to);
  if (files.length === 0) return { rows: [], scanned: 0, more: false };
  const connection = await duck.connect();
  const late = setTimeout(() => connection.interrupt(), MOST_MS);
  try {
    const [[scanned] = [0]] = await run(connection, scopeStatement(query, files));
    const rows = await run(connection, rowsStatement(query, files));
    return { rows: rows.slice(0, query.limit), scanned: Number(scanned), more: rows.length > query.limit };
  } finally {
    clearTimeout(late);
    connection.closeSync();
  }
};

/** Whether compaction took a file away under a question: it can be asked again. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && /No files found|Cannot open file|No such file/i.test(error.message);

/**
 * Puts a question to one tenant's part of the lake. Asked again when compaction took a file away under it.
 * @throws Error with DuckDB's sentence when it cannot be answered, or takes longer than a minute.
 */
export const askLake = async (duck: Duck, tenant: string, query: HuntQuery): Promise<LakeAnswer> => {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await once(duck, tenant, query);
    } catch (error) {
      if (!isGone(error) || left <= 0) throw error;
    }
  }
};
