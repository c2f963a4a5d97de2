import { dirname } from 'node:path';
import type { HuntQuery } from '#contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { onFiles, type Duck } from './duck.js';
import type { LakeFile } from './files/port.js';
import { filesBetween, MIXED, placeOf } from './folders.js';
import { isCompacted } from './plan.js';
import { rowsStatement, scopeStatement, type AskedFiles, type Statement } from './question.js';

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

/** An hour that is one compacted file has its events once, where none lies by day, or mixed, beside it. */
const askedOf = (files: readonly LakeFile[], local: readonly string[]): AskedFiles => {
  const inPlace = new Map<string, number>();
  for (const file of files) inPlace.set(placeOf(file), (inPlace.get(placeOf(file)) ?? 0) + 1);
  const isAlone = (file: LakeFile): boolean => {
    const place = placeOf(file);
    const isShared = inPlace.has(MIXED) || inPlace.has(dirname(place)) || inPlace.get(place) !== 1;
    return !isShared && isCompacted(file);
  };
  const asked: AskedFiles = { alone: [], shared: [] };
  for (const [at, file] of files.entries()) (isAlone(file) ? asked.alone : asked.shared).push(local[at] ?? '');
  return asked;
};

const once = async (duck: Duck, tenant: string, query: HuntQuery): Promise<LakeAnswer> => {
  const files = await filesBetween(duck.files, tenant, query.from, query.to);
  const none: LakeAnswer = { rows: [], scanned: 0, more: false };
  return onFiles(duck, files, none, async (connection, local) => {
    const late = setTimeout(() => connection.interrupt(), MOST_MS);
    try {
      const asked = askedOf(files, local);
      const [[scanned] = [0]] = await run(connection, scopeStatement(query, asked));
      const rows = await run(connection, rowsStatement(query, asked));
      return { rows: rows.slice(0, query.limit), scanned: Number(scanned), more: rows.length > query.limit };
    } finally {
      clearTimeout(late);
    }
  });
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
