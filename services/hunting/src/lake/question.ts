import type { HuntFilter, HuntQuery } from '#contracts';
import { columns, type LakeColumn } from './columns.js';
import { LATER, rowsIn } from './duck.js';

/** Characters of the vendor's own event that an answer shows. */
const SHOWN_NATIVE = 4_096;

/** SQL with the values a person gave kept apart. */
export interface Statement {
  sql: string;
  values: (string | number)[];
}

/** Columns of an answer, in order. */
export const answered: string[] = columns.map(({ name }) => name);

const COMPARISONS: Record<HuntFilter['operator'], (column: string, value: string) => string> = {
  EQUALS: (column, value) => `lower(${column}) = lower(${value})`,
  CONTAINS: (column, value) => `contains(lower(${column}), lower(${value}))`,
  STARTS_WITH: (column, value) => `starts_with(lower(${column}), lower(${value}))`,
  ENDS_WITH: (column, value) => `ends_with(lower(${column}), lower(${value}))`,
};

/** Of a column whose values have no capitals, without a turn through each of them. */
const equalsLower = ({ name, becomes }: LakeColumn, value: string): string =>
  becomes === 'LIST' ? `list_contains("${name}", lower(${value}))` : `"${name}" = lower(${value})`;

/** A list matches by any of its elements. */
const conditionOf = ({ field, operator }: HuntFilter, value: string): string => {
  const column = columns.find(({ name }) => name === field);
  if (!column) throw new RangeError(`there is no column ${field}`);
  if (column.isLower && operator === 'EQUALS') return equalsLower(column, value);
  const compare = COMPARISONS[operator];
  if (column.becomes === 'LIST') return `len(list_filter("${column.name}", lambda one: ${compare('one', value)})) > 0`;
  return compare(`CAST("${column.name}" AS VARCHAR)`, value);
};

/** Columns that may be long. */
const LONG: ReadonlySet<string> = new Set(['native', 'envelope']);

const shown = columns
  .map(({ name, becomes }) => {
    if (becomes === 'TIME') return `strftime("${name}", '%Y-%m-%dT%H:%M:%S.%gZ') AS "${name}"`;
    return LONG.has(name) ? `left("${name}", ${SHOWN_NATIVE}) AS "${name}"` : `"${name}"`;
  })
  .join(', ');

const momentOf = (ms: number): string => `make_timestamp(${Math.trunc(ms) * 1_000})`;

/** The times are ours, and stand there as they are, so that DuckDB can tell what it need not read. */
const scopeOf = ({ from, to, source }: HuntQuery): Statement => {
  const bounds = `occurred_at >= ${momentOf(from)} AND occurred_at < ${momentOf(to)}`;
  return source === '' ? { sql: bounds, values: [] } : { sql: `${bounds} AND source = $1`, values: [source] };
};

/** Where a question looks, on this machine. */
export interface AskedFiles {
  /** Files whose events lie in no other file. */
  alone: string[];
  /** Files whose events may lie in others of them, too. */
  shared: string[];
}

/** Ids of events that the question looks at, of files whose events may lie in files that are looked into later. */
export const idsStatement = (query: HuntQuery, shared: readonly string[]): Statement => {
  const { sql, values } = scopeOf(query);
  return { sql: `SELECT id FROM ${rowsIn(shared)} WHERE ${sql}`, values };
};

/** How many events the question looks at. */
export const scopeStatement = (query: HuntQuery, { alone, shared }: AskedFiles): Statement => {
  const { sql, values } = scopeOf(query);
  const counts = [
    ...(alone.length > 0 ? [`(SELECT count(*) FROM ${rowsIn(alone)} WHERE ${sql})`] : []),
    ...(shared.length > 0 ? [`(SELECT count(DISTINCT id) FROM ${rowsIn(shared)} WHERE ${sql})`] : []),
  ];
  return { sql: `SELECT ${counts.join(' + ')}`, values };
};

const ONCE = 'QUALIFY row_number() OVER (PARTITION BY id) = 1';
const WHICH = 'occurred_at, id, filename, file_row_number';

const rowsWithLater = (files: readonly string[]): string =>
  `(SELECT *, filename, file_row_number FROM ${rowsIn(files)} UNION ALL BY NAME ${LATER})`;

/**
 * Which rows of these files match: when they happened (epoch ms), their id, file and number in it; the latest first,
 * each event once, at most `limit` + 1. Only columns that the question and this order need are read. Names come from
 * the list of columns, files from our own folder; all values of people are bound.
 * @throws RangeError for a column that does not exist.
 */
export const matchesStatement = (query: HuntQuery, { alone, shared }: AskedFiles): Statement => {
  const scope = scopeOf(query);
  const values = [...scope.values, ...query.filters.map(({ value }) => value)];
  const conditions = [
    scope.sql,
    ...query.filters.map((filter, at) => conditionOf(filter, `$${scope.values.length + at + 1}`)),
  ].join(' AND ');
  const rowsOf = query.filters.some(({ field }) => field === 'envelope') ? rowsWithLater : rowsIn;
  const order = `ORDER BY occurred_at DESC, id LIMIT ${Math.trunc(query.limit) + 1}`;
  const found = [
    ...(alone.length > 0 ? [`(SELECT ${WHICH} FROM ${rowsOf(alone)} WHERE ${conditions} ${order})`] : []),
    ...(shared.length > 0 ? [`(SELECT ${WHICH} FROM ${rowsOf(shared)} WHERE ${conditions} ${ONCE} ${order})`] : []),
  ].join(' UNION ALL ');
  return { sql: `SELECT epoch_ms(occurred_at), id, filename, file_row_number FROM (${found}) ${order}`, values };
};

/**
 * What an answer shows of rows of files, by their numbers: file, number, then the columns of `answered`.
 * @param rows by file, ascending.
 */
export const rowsStatement = (rows: ReadonlyMap<string, readonly number[]>): Statement => {
  const each = [...rows].map(
    ([file, numbers]) => `SELECT filename, file_row_number, * FROM ${rowsIn([file])}
      WHERE file_row_number BETWEEN ${numbers[0] ?? 0} AND ${numbers.at(-1) ?? 0} AND file_row_number IN (${numbers.join(', ')})`,
  );
  return {
    sql: `SELECT filename, file_row_number, ${shown} FROM (${[...each, LATER].join(' UNION ALL BY NAME ')})`,
    values: [],
  };
};
