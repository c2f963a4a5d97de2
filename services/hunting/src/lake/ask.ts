import type { HuntQuery } from '#contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import { onFiles, type Duck } from './duck.js';
import { FileGone } from './files/port.js';
import { filesBetween } from './folders.js';
import { answered, matchesStatement, rowsStatement, scopeStatement, type Statement } from './question.js';
import { askedOf, isEnough, stepsOf, together, type LocalFile, type FoundRow } from './search.js';

/** Longest a question may take, ms. */
export const MOST_MS = 60_000;
const TRIES = 3;
/** Files that one statement reads rows of: a plan has each by itself. */
const FILES_AT_ONCE = 64;

/** What the lake answers: rows in the order of `answered`, and how many events were in scope. */
export interface LakeAnswer {
  rows: unknown[][];
  scanned: number;
  /** More rows matched than were asked for. */
  more: boolean;
}

/** A file is not what it was when the question began. */
class Changed extends Error {}

const run = async (connection: DuckDBConnection, { sql, values }: Statement): Promise<unknown[][]> =>
  (await connection.runAndReadAll(sql, values)).getRowsJson() as unknown[][];

const matchOf = ([at, id, local, row]: unknown[]): FoundRow => ({
  at: Number(at),
  id: String(id),
  local: String(local),
  row: Number(row),
});

/** The latest rows that match, one more than asked for where there are more: what is older is looked at only until then. */
const matchesOf = async (
  connection: DuckDBConnection,
  query: HuntQuery,
  files: readonly LocalFile[],
): Promise<FoundRow[]> => {
  let found: FoundRow[] = [];
  for (const step of stepsOf(files)) {
    found = together(found, (await run(connection, matchesStatement(query, step.asked))).map(matchOf));
    if (isEnough(found, query, step)) break;
  }
  return found.slice(0, query.limit + 1);
};

const keyOf = (local: unknown, row: unknown): string => `${String(row)} ${String(local)}`;

/** What an answer shows of rows, in their order. @throws Changed */
const shownOf = async (connection: DuckDBConnection, matches: readonly FoundRow[]): Promise<unknown[][]> => {
  const byFile = new Map<string, number[]>();
  for (const { local, row } of matches) {
    const rows = byFile.get(local);
    if (rows) rows.push(row);
    else byFile.set(local, [row]);
  }
  const files = [...byFile].map(([local, rows]): [string, number[]] => [local, rows.sort((a, b) => a - b)]);
  const found = new Map<string, unknown[]>();
  for (let from = 0; from < files.length; from += FILES_AT_ONCE) {
    const some = new Map(files.slice(from, from + FILES_AT_ONCE));
    for (const [local, row, ...shown] of await run(connection, rowsStatement(some)))
      found.set(keyOf(local, row), shown);
  }
  return matches.map(({ id, local, row }) => {
    const shown = found.get(keyOf(local, row));
    if (shown?.[answered.indexOf('id')] !== id) throw new Changed(`row ${row} of ${local} is another one by now`);
    return shown;
  });
};

const once = async (duck: Duck, tenant: string, query: HuntQuery): Promise<LakeAnswer> => {
  const between = await filesBetween(duck.files, tenant, query.from, query.to);
  const none: LakeAnswer = { rows: [], scanned: 0, more: false };
  return onFiles(duck, between, none, async (connection, held) => {
    const late = setTimeout(() => connection.interrupt(), MOST_MS);
    try {
      const files = between.map((file, at): LocalFile => ({ file, local: held[at] ?? '' }));
      const [[scanned] = [0]] = await run(connection, scopeStatement(query, askedOf(files)));
      const matches = await matchesOf(connection, query, files);
      const rows = await shownOf(connection, matches.slice(0, query.limit));
      return { rows, scanned: Number(scanned), more: matches.length > query.limit };
    } finally {
      clearTimeout(late);
    }
  });
};

/** Whether compaction took a file away under a question, or changed it: it can be asked again. */
export const isGone = (error: unknown): boolean =>
  error instanceof Changed ||
  error instanceof FileGone ||
  (error instanceof Error && /No files found|Cannot open file|No such file/i.test(error.message));

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
