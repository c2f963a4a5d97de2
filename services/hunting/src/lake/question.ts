import type { HuntFilter, HuntQuery } from '#contracts';
import { columns } from './columns.js';
import { parquetOf } from './duck.js';

/** Characters of the vendor's own event that an answer shows. */
export const SHOWN_NATIVE = 4_096;

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

/** A list matches by any of its elements. */
const conditionOf = ({ field, operator }: HuntFilter, value: string): string => {
  const column = columns.find(({ name }) => name === field);
  if (!column) throw new RangeError(`there is no column ${field}`);
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

const scopeOf = ({ from, to, source }: HuntQuery): Statement => {
  const bounds = 'occurred_at >= make_timestamp($1::BIGINT * 1000) AND occurred_at < make_timestamp($2::BIGINT * 1000)';
  return source === ''
    ? { sql: bounds, values: [from, to] }
    : { sql: `${bounds} AND source = $3`, values: [from, to, source] };
};

/** Where a question looks, on this machine. */
export interface AskedFiles {
  /** Files whose events lie in no other file. */
  alone: string[];
  /** Files whose events may lie in others of them, too. */
  shared: string[];
}

const ONCE = 'QUALIFY row_number() OVER (PARTITION BY id) = 1';

/** How many events the question looks at. */
export const scopeStatement = (query: HuntQuery, { alone, shared }: AskedFiles): Statement => {
  const { sql, values } = scopeOf(query);
  const counts = [
    ...(alone.length > 0 ? [`(SELECT count(*) FROM ${parquetOf(alone)} WHERE ${sql})`] : []),
    ...(shared.length > 0 ? [`(SELECT count(DISTINCT id) FROM ${parquetOf(shared)} WHERE ${sql})`] : []),
  ];
  return { sql: `SELECT ${counts.join(' + ')}`, values };
};

/**
 * The question over these files: latest events first, each once, at most `limit` + 1, so that "more" can be told.
 * Names come from the list of columns, files from our own folder; all values are bound.
 * @throws RangeError for a column that does not exist.
 */
export const rowsStatement = (query: HuntQuery, { alone, shared }: AskedFiles): Statement => {
  const scope = scopeOf(query);
  const values = [...scope.values, ...query.filters.map(({ value }) => value)];
  const conditions = [
    scope.sql,
    ...query.filters.map((filter, at) => conditionOf(filter, `$${scope.values.length + at + 1}`)),
  ].join(' AND ');
  const limit = `ORDER BY occurred_at DESC, id LIMIT ${Math.trunc(query.limit) + 1}`;
  const found = [
    ...(alone.length > 0 ? [`(SELECT * FROM ${parquetOf(alone)} WHERE ${conditions} ${limit})`] : []),
    ...(shared.length > 0 ? [`(SELECT * FROM ${parquetOf(shared)} WHERE ${conditions} ${ONCE} ${limit})`] : []),
  ].join(' UNION ALL ');
  return {
    sql: `SELECT ${shown} FROM (${found}) AS found ORDER BY found.occurred_at DESC, found.id ${limit.slice(limit.indexOf('LIMIT'))}`,
    values,
  };
};
