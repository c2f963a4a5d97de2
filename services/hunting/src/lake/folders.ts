import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mayHaveBeenTenant } from '#libs/terms';

const DAY = /^day=(\d{4}-\d\d-\d\d)$/;

/** The day a moment belongs to, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/**
 * A folder of one tenant; whether it is one of today is looked at before anything is written (`rows.ts`).
 * @throws RangeError for what never was one: it would be a path.
 */
export const tenantFolder = (lake: string, tenant: string): string => {
  if (!mayHaveBeenTenant(tenant)) throw new RangeError(`"${tenant}" cannot be a tenant of the lake`);
  return join(lake, `tenant=${tenant}`);
};

export const dayFolder = (lake: string, tenant: string, day: string): string =>
  join(tenantFolder(lake, tenant), `day=${day}`);

/**
 * Name of the file of an offset range. The same range always has the same content, so that a redelivery overwrites, and
 * compaction may remove what it has read without asking.
 */
export const fileName = (topic: string, partition: number, first: string, last: string): string =>
  `${topic}-${partition}-${first}-${last}.parquet`;

const names = async (folder: string): Promise<string[]> => {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};

/** Days a tenant has, oldest first. */
export const daysOf = async (lake: string, tenant: string): Promise<string[]> =>
  (await names(tenantFolder(lake, tenant))).flatMap((name) => DAY.exec(name)?.[1] ?? []);

/** Tenants with a folder, as it is called. */
export const tenantsOf = async (lake: string): Promise<string[]> =>
  (await names(lake)).flatMap((name) =>
    name.startsWith('tenant=') && mayHaveBeenTenant(name.slice(7)) ? [name.slice(7)] : [],
  );

/** Stands for a day, where a write has events of more days than it may make files for. */
export const MIXED = 'mixed';

/** Files of a tenant that may hold events of any day. */
export const mixedFilesOf = (lake: string, tenant: string): Promise<string[]> => filesOf(lake, tenant, MIXED);

/** Parquet files in the folder of a tenant's day. Its other events may be in those of MIXED. */
export const filesOf = async (lake: string, tenant: string, day: string): Promise<string[]> => {
  const folder = dayFolder(lake, tenant, day);
  return (await names(folder)).filter((name) => name.endsWith('.parquet')).map((name) => join(folder, name));
};

/** Files of a tenant between two moments (epoch ms, the second exclusive). */
export const filesBetween = async (lake: string, tenant: string, from: number, to: number): Promise<string[]> => {
  const [first, last] = [dayOf(from), dayOf(to - 1)];
  const days = (await daysOf(lake, tenant)).filter((day) => day >= first && day <= last);
  return (await Promise.all([...days, MIXED].map((day) => filesOf(lake, tenant, day)))).flat();
};
