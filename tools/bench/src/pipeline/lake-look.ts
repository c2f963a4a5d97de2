import { onFiles, parquetOf, type Duck } from '../../../../services/hunting/src/lake/duck.js';
import type { LakeFile } from '../../../../services/hunting/src/lake/files/port.js';
import { tenantFolder } from '../../../../services/hunting/src/lake/folders.js';
import { NEEDLE, type NeedleCounts } from './needles.js';

const filesOfTenants = async ({ files }: Duck, tenants: readonly string[]): Promise<LakeFile[]> =>
  (await Promise.all(tenants.map((tenant) => files.list(tenantFolder(tenant))))).flat();

const ask = async (duck: Duck, files: readonly LakeFile[], select: (from: string) => string): Promise<unknown[][]> =>
  onFiles(duck, files, [], async (connection, local) =>
    (await connection.runAndReadAll(select(parquetOf(local)))).getRows(),
  );

/** Rows of all files together, by what each file says of itself: rows that are there twice count twice. */
export const rowsIn = async (duck: Duck, tenants: readonly string[]): Promise<number> => {
  const files = await filesOfTenants(duck, tenants);
  const [[count] = [0]] = await ask(duck, files, (from) => `SELECT count(*) FROM ${from}`);
  return Number(count);
};

/** When the last of the files was whole, epoch ms. */
export const lastWrittenAt = async (duck: Duck, tenants: readonly string[]): Promise<number> =>
  Math.max(0, ...(await filesOfTenants(duck, tenants)).map(({ changedAt }) => changedAt));

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
  const [[rows, events] = []] = await ask(duck, files, (from) => `SELECT count(*), count(DISTINCT id) FROM ${from}`);
  const found = await ask(
    duck,
    files,
    (from) =>
      `SELECT needle, count(DISTINCT id) FROM (SELECT id, regexp_extract(native, '${NEEDLE.source}') AS needle FROM ${from}) WHERE needle <> '' GROUP BY needle`,
  );
  return {
    rows: Number(rows),
    events: Number(events),
    needles: new Map(found.map(([needle, count]) => [String(needle), Number(count)])),
  };
};
