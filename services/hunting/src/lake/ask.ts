import { setTimeout as later } from 'node:timers/promises';
import type { HuntQuery } from '#contracts';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duck } from './duck.js';
import { FileGone, type LakeFile } from './files/port.js';
import { filesBetween } from './folders.js';
import {
  answered,
  idsStatement,
  matchesStatement,
  rowsStatement,
  scopeStatement,
  type AskedFiles,
  type Statement,
} from './question.js';
import { askedAmong, isEnough, looksOf, together, type FoundRow, type Look } from './search.js';

/** Longest a question may take, ms. */
export const MOST_MS = 60_000;
const TRIES = 5;
/** Compaction takes away hundreds of files one after the other: it has time to, twice as long each time. */
const FIRST_WAIT_MS = 25;
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

/** What a question has found so far: rows that may be in its answer, and what is shown of them, by event. */
interface HuntFound {
  scanned: number;
  matches: FoundRow[];
  shown: Map<string, unknown[]>;
  isEnough: boolean;
}

/** Looks into files while they are held: the latest first, and older ones only until there are as many rows as asked for. */
const lookInto = async (
  connection: DuckDBConnection,
  query: HuntQuery,
  { steps }: Look,
  asked: (files: readonly LakeFile[]) => AskedFiles,
  found: HuntFound,
): Promise<void> => {
  for (const step of steps) {
    if (found.isEnough) break;
    const matches = (await run(connection, matchesStatement(query, asked(step.files)))).map(matchOf);
    // One more than asked for tells that there are more.
    found.matches = together(found.matches, matches).slice(0, query.limit + 1);
    found.isEnough = isEnough(found.matches, query, step);
  }
  const here = found.matches.slice(0, query.limit).filter(({ id }) => !found.shown.has(id));
  const rows = await shownOf(connection, here);
  for (const [at, { id }] of here.entries()) found.shown.set(id, rows[at] ?? []);
};

/** Counts what is in scope, of files that are held one part after another: ids that may come again are kept until the end. */
const counting = async (connection: DuckDBConnection, query: HuntQuery, isWhole: boolean) => {
  const first = async ({ sql, values }: Statement): Promise<number> =>
    Number((await run(connection, { sql, values }))[0]?.[0] ?? 0);
  if (isWhole) return { add: (files: AskedFiles) => first(scopeStatement(query, files)), rest: async () => 0 };
  await connection.run('CREATE TEMP TABLE seen (id VARCHAR)');
  return {
    add: async ({ alone, shared }: AskedFiles): Promise<number> => {
      if (shared.length > 0) {
        const { sql, values } = idsStatement(query, shared);
        await connection.run(`INSERT INTO seen ${sql}`, values);
      }
      return alone.length > 0 ? first(scopeStatement(query, { alone, shared: [] })) : 0;
    },
    rest: () => first({ sql: 'SELECT count(DISTINCT id) FROM seen', values: [] }),
  };
};

const once = async ({ files, connect }: Duck, tenant: string, query: HuntQuery, long?: 'long'): Promise<LakeAnswer> => {
  const between = await filesBetween(files, tenant, query.from, query.to);
  if (between.length === 0) return { rows: [], scanned: 0, more: false };
  const asked = askedAmong(between);
  const looks = looksOf(between, files.mostHeldBytes);
  const found: HuntFound = { scanned: 0, matches: [], shown: new Map(), isEnough: false };
  const connection = await connect();
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    connection.interrupt();
  }, MOST_MS);
  try {
    const counts = await counting(connection, query, looks.length === 1);
    for (const look of looks) {
      if (isLate) throw new Error(`the lake's files could not be read within ${MOST_MS} ms`);
      const held = await files.hold(look.files, long);
      try {
        const local = new Map(look.files.map(({ path }, at) => [path, held.local[at] ?? '']));
        const askedHere = (some: readonly LakeFile[]) => asked(some, ({ path }) => local.get(path) ?? '');
        found.scanned += await counts.add(askedHere(look.files));
        await lookInto(connection, query, look, askedHere, found);
      } finally {
        held.release();
      }
    }
    const rows = found.matches.slice(0, query.limit).map(({ id }) => found.shown.get(id) ?? []);
    return { rows, scanned: found.scanned + (await counts.rest()), more: found.matches.length > query.limit };
  } finally {
    clearTimeout(late);
    connection.closeSync();
  }
};

/** Whether compaction took a file away under a question, or changed it: it can be asked again. */
export const isGone = (error: unknown): boolean =>
  error instanceof Changed ||
  error instanceof FileGone ||
  /No files found|Cannot open file|No such file/i.test(String((error as Partial<Error>).message));

/**
 * Puts a question to one tenant's part of the lake. Asked again when compaction took a file away under it.
 * @throws Error with DuckDB's sentence when it cannot be answered, or takes longer than a minute.
 */
export const askLake = async (duck: Duck, tenant: string, query: HuntQuery): Promise<LakeAnswer> => {
  for (let tried = 0; ; tried += 1) {
    try {
      // What went away beneath it once is held the next time, which costs more.
      return await once(duck, tenant, query, tried === 0 ? undefined : 'long');
    } catch (error) {
      if (!isGone(error) || tried + 1 >= TRIES) throw error;
      await later(FIRST_WAIT_MS * 2 ** tried);
    }
  }
};
