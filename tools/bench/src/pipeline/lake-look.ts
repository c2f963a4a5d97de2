import { stat } from 'node:fs/promises';
import { daysOf, filesOf, MIXED } from '../../../../services/hunting/src/lake/folders.js';
import { parquetOf, type Duck } from '../../../../services/hunting/src/lake/duck.js';
import { NEEDLE, type NeedleCounts } from './needles.js';

const filesOfTenants = async (duck: Duck, tenants: readonly string[]): Promise<string[]> => {
  const days = await Promise.all(
    tenants.map(async (tenant) =>
      (
        await Promise.all([...(await daysOf(duck.lake, tenant)), MIXED].map((day) => filesOf(duck.lake, tenant, day)))
      ).flat(),
    ),
  );
  return days.flat();
};

const ask = async (duck: Duck, sql: string): Promise<unknown[][]> => {
  const connection = await duck.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
  }
};

/** Rows of all files together, by what each file says of itself: rows that are there twice count twice. */
export const rowsIn = async (duck: Duck, tenants: readonly string[]): Promise<number> => {
  const files = await filesOfTenants(duck, tenants);
  if (files.length === 0) return 0;
  const [[count] = []] = await ask(duck, `SELECT count(*) FROM ${parquetOf(files)}`);
  return Number(count);
};

/** When the last of the files was whole, epoch ms. */
export const lastWrittenAt = async (duck: Duck, tenants: readonly string[]): Promise<number> =>
  Math.max(
    0,
    ...(await Promise.all((await filesOfTenants(duck, tenants)).map((file) => stat(file)))).map((one) => one.mtimeMs),
  );

export interface LakeAccount {
  rows: number;
  /** Events by id: what a question finds. */
  events: number;
  /** How many ids hold each needle. */
  needles: NeedleCounts;
}

export const accountOf = async (duck: Duck, tenants: readonly string[]): Promise<LakeAccount> => {
  const files = await filesOfTenants(duck, tenants);
  if (files.length === 0) return { rows: 0, events: 0, needles: new Map() };
  const all = parquetOf(files);
  const [[rows, events] = []] = await ask(duck, `SELECT count(*), count(DISTINCT id) FROM ${all}`);
  const found = await ask(
    duck,
    `SELECT needle, count(DISTINCT id) FROM (SELECT id, regexp_extract(native, '${NEEDLE.source}') AS needle FROM ${all}) WHERE needle <> '' GROUP BY needle`,
  );
  return {
    rows: Number(rows),
    events: Number(events),
    needles: new Map(found.map(([needle, count]) => [String(needle), Number(count)])),
  };
};
