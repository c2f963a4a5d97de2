import type { DuckDBDataChunk } from '@duckdb/node-api';
import { DAY_MS } from '#libs/terms';
import { connected, onFiles, parquetOf, type Duck } from './duck.js';
import { daysOf, filesBetween, MIXED, placeOf, tenantFolder } from './folders.js';
import { FileGone, type FilesOfLake, type HeldFiles, type LakeFile } from './files/port.js';
import { partsOf } from './search.js';

/** What rules need of an event. */
export interface LakeRow {
  id: string;
  /** Epoch ms. */
  occurredAt: number;
  kind: string;
  entity: string;
  native: string;
  /** What was said around it, as JSON. */
  envelope?: string;
}

const SCOPE = 'occurred_at >= make_timestamp($1::BIGINT * 1000) AND occurred_at < make_timestamp($2::BIGINT * 1000)';

/** A day of a tenant's events, in UTC, and which part of it (epoch ms, `to` exclusive) is asked for. */
export interface LakeDay {
  day: string;
  from: number;
  to: number;
}

/**
 * Days of a tenant within a period, from its first events ever on, the latest first. A day without events is one, too.
 */
export const daysWithin = async (files: FilesOfLake, tenant: string, from: number, to: number): Promise<LakeDay[]> => {
  const mixed = await files.list(`${tenantFolder(tenant)}/${MIXED}`);
  // What is mixed may be of any day: the period begins where it was asked to.
  const oldest = mixed.length > 0 ? 0 : Date.parse((await daysOf(files, tenant))[0] ?? '');
  if (Number.isNaN(oldest)) return [];
  const days: LakeDay[] = [];
  for (let start = Math.max(oldest, Math.floor(from / DAY_MS) * DAY_MS); start < to; start += DAY_MS) {
    days.unshift({
      day: new Date(start).toISOString().slice(0, 10),
      from: Math.max(from, start),
      to: Math.min(to, start + DAY_MS),
    });
  }
  return days;
};

const rowsOf = (chunk: DuckDBDataChunk): LakeRow[] => {
  const [ids, times, kinds, entities, natives, envelopes] = [0, 1, 2, 3, 4, 5].map((column) =>
    chunk.getColumnValues(column),
  );
  return (ids ?? []).map((id, index) => ({
    id: String(id),
    occurredAt: Number(times?.[index]),
    kind: String(kinds?.[index]),
    entity: String(entities?.[index] ?? ''),
    native: String(natives?.[index] ?? ''),
    ...(typeof envelopes?.[index] === 'string' ? { envelope: envelopes[index] } : {}),
  }));
};

/** How many rows a day has; some may be there twice. */
export const countDay = async (duck: Duck, tenant: string, { from, to }: LakeDay): Promise<number> => {
  let rows = 0;
  for (const part of partsOf(await filesBetween(duck.files, tenant, from, to), duck.files.mostHeldBytes))
    rows += await onFiles(duck, part, 0, async (connection, files) => {
      const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${parquetOf(files)} WHERE ${SCOPE}`, [
        from,
        to,
      ]);
      return Number(counted.getRows()[0]?.[0] ?? 0);
    });
  return rows;
};

const TRIES = 5;

const inPlace = async ({ files }: Duck, tenant: string, place: string, { from, to }: LakeDay): Promise<LakeFile[]> =>
  (await filesBetween(files, tenant, from, to)).filter((file) => placeOf(file) === place);

/**
 * Files of a place, for as long as they are read; asked for again when compaction made another of them meanwhile, which
 * can be told until the first part of them is held.
 */
const firstHeld = async (duck: Duck, tenant: string, place: string, day: LakeDay) => {
  for (let left = TRIES - 1; ; left -= 1) {
    const [first = [], ...rest] = partsOf(await inPlace(duck, tenant, place, day), duck.files.mostHeldBytes);
    try {
      return { held: await duck.files.hold(first, 'long'), rest };
    } catch (error) {
      if (!(error instanceof FileGone) || left <= 0) throw error;
    }
  }
};

async function* scanHeld(duck: Duck, held: HeldFiles, { from, to }: LakeDay): AsyncIterable<LakeRow[]> {
  if (held.local.length === 0) return held.release();
  const connection = await connected(duck, held);
  try {
    const result = await connection.stream(
      `SELECT id, epoch_ms(occurred_at), kind, entity, native, envelope FROM ${parquetOf(held.local)} WHERE ${SCOPE}`,
      [from, to],
    );
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
      yield rowsOf(chunk);
  } finally {
    connection.closeSync();
    held.release();
  }
}

/** @throws FileGone when compaction took away what was to be read next: whoever reads begins the day again. */
async function* scanPlace(duck: Duck, tenant: string, place: string, day: LakeDay): AsyncIterable<LakeRow[]> {
  const { held, rest } = await firstHeld(duck, tenant, place, day);
  yield* scanHeld(duck, held, day);
  for (const part of rest) yield* scanHeld(duck, await duck.files.hold(part, 'long'), day);
}

/**
 * A day's events, hour by hour and some thousand at a time, never all in memory; one may come twice until its hour is
 * compacted. What is compacted while its hour is read does not matter: its files are held.
 */
export async function* scanDay(duck: Duck, tenant: string, day: LakeDay): AsyncIterable<LakeRow[]> {
  const places = new Set((await filesBetween(duck.files, tenant, day.from, day.to)).map(placeOf));
  for (const place of places) yield* scanPlace(duck, tenant, place, day);
}
