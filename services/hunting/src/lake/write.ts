import { setImmediate as others } from 'node:timers/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { finished } from './columns.js';
import { literal, type Duck } from './duck.js';
import { tenantFolder } from './folders.js';
import { hourOf, placesOf, type TenantLakeEvent } from './places.js';

/** Of those who write at once: each waits for the disk most of the time. */
const AT_ONCE = 4;

/**
 * Rows of a group: what a question shows of a row is read by the group, what it looks for is found faster in larger
 * ones.
 */
const GROUP_ROWS = 4_096;

/** Runs `COPY (select) TO path`. */
export const copyTo = async (connection: DuckDBConnection, select: string, path: string): Promise<void> =>
  void (await connection.run(
    `COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${GROUP_ROWS})`,
  ));

const copyRows = async (
  { connect, rows: source }: Duck,
  rows: readonly TenantLakeEvent[],
  path: string,
): Promise<void> => {
  const connection = await connect();
  try {
    await source.reading(rows, (from) => copyTo(connection, `SELECT ${finished} FROM ${from}`, path));
  } finally {
    connection.closeSync();
  }
};

/** By tenant and hour since the epoch. */
type ByHour = Map<string, Map<number, TenantLakeEvent[]>>;

const gather = (into: ByHour, row: TenantLakeEvent): void => {
  const hours = into.get(row.tenant) ?? new Map<number, TenantLakeEvent[]>();
  into.set(row.tenant, hours);
  const hour = hourOf(row.event.occurredAt);
  const rows = hours.get(hour);
  if (rows) rows.push(row);
  else hours.set(hour, [row]);
};

/** What lies in each place. Hours that share one are put together. */
const inPlaces = (gathered: ByHour): Map<string, TenantLakeEvent[]> => {
  const places = new Map<string, TenantLakeEvent[]>();
  for (const [tenant, hours] of gathered) {
    const placeOf = placesOf(new Set(hours.keys()));
    for (const [hour, rows] of hours) {
      const place = `${tenantFolder(tenant)}/${placeOf.get(hour) ?? ''}`;
      places.set(place, places.get(place)?.concat(rows) ?? rows);
    }
  }
  return places;
};

/**
 * Writes events into the lake, one file of this name for each tenant and hour among them (see MOST_HOURS). Resolves
 * when all are durable.
 * @param batches rows as they are read; others have a turn between two.
 */
export const writeRows = async (
  duck: Duck,
  batches: Iterable<TenantLakeEvent[]> | AsyncIterable<TenantLakeEvent[]>,
  name: string,
): Promise<void> => {
  const gathered: ByHour = new Map();
  for await (const rows of batches) {
    for (const row of rows) gather(gathered, row);
    await others();
  }
  const left = [...inPlaces(gathered)];
  const writing = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [place, rows] = next;
      await duck.files.write(`${place}/${name}`, (path) => copyRows(duck, rows, path));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writing));
};
