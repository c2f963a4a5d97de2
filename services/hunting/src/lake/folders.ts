import { DAY_MS, HOUR_MS, mayHaveBeenTenant } from '#libs/terms';
import type { LakeFile, FilesOfLake } from './files/port.js';

/**
 * Where the lake's files lie: `tenant=<tenant>/day=<day>/hour=<hour>/` by the hour an event happened in (UTC), and
 * where a write has events of more hours than it may make files for, in the day's folder itself, or in `day=mixed`,
 * whose files may hold events of any time. What releases before the hours wrote lies in its day's folder.
 */
const TENANT = /^tenant=(.+)$/;
const DAY = /^day=(\d{4}-\d\d-\d\d)$/;
const PLACE = /^(?:day=(\d{4}-\d\d-\d\d)(?:\/hour=(\d\d))?|day=mixed)$/;

/** Stands for a day, where a write has events of more days than it may make files for. */
export const MIXED = 'day=mixed';

/** The day a moment belongs to, in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The folder of a moment's day, in that of its tenant. */
export const dayPlace = (ms: number): string => `day=${dayOf(ms)}`;
/** The folder of a moment's hour, in that of its tenant. */
export const hourPlace = (ms: number): string => `${dayPlace(ms)}/hour=${new Date(ms).toISOString().slice(11, 13)}`;

/**
 * A folder of one tenant; whether it is one of today is looked at before anything is written (`rows.ts`).
 * @throws RangeError for what never was one: it would be a path.
 */
export const tenantFolder = (tenant: string): string => {
  if (!mayHaveBeenTenant(tenant)) throw new RangeError(`"${tenant}" cannot be a tenant of the lake`);
  return `tenant=${tenant}`;
};

/**
 * Name of the file of an offset range. The same range always has the same content, so that a redelivery overwrites, and
 * compaction may remove what it has read without asking.
 */
export const fileName = (topic: string, partition: number, first: string, last: string): string =>
  `${topic}-${partition}-${first}-${last}.parquet`;

/** The folder of a file, in that of its tenant. */
export const placeOf = ({ path }: LakeFile): string => path.split('/').slice(1, -1).join('/');

/** Times that events of a place have, epoch ms, `to` exclusive; of MIXED any. Undefined for what is no place. */
export const timesOf = (place: string): { from: number; to: number } | undefined => {
  const found = PLACE.exec(place);
  if (!found) return undefined;
  const [, day, hour] = found;
  if (day === undefined) return { from: -Infinity, to: Infinity };
  const from = Date.parse(day) + Number(hour ?? 0) * HOUR_MS;
  return { from, to: from + (hour === undefined ? DAY_MS : HOUR_MS) };
};

/** Days a tenant has, oldest first. */
export const daysOf = async (files: FilesOfLake, tenant: string): Promise<string[]> =>
  (await files.folders(tenantFolder(tenant))).flatMap((name) => DAY.exec(name)?.[1] ?? []);

/** Tenants with a folder, as it is called. */
export const tenantsOf = async (files: FilesOfLake): Promise<string[]> =>
  (await files.folders('')).flatMap((name) => {
    const tenant = TENANT.exec(name)?.[1];
    return tenant !== undefined && mayHaveBeenTenant(tenant) ? [tenant] : [];
  });

/** Files of a tenant that may hold events between two moments (epoch ms, the second exclusive). */
export const filesBetween = async (
  files: FilesOfLake,
  tenant: string,
  from: number,
  to: number,
): Promise<LakeFile[]> => {
  const [first, last] = [dayOf(from), dayOf(to - 1)];
  const days = (await daysOf(files, tenant)).filter((day) => day >= first && day <= last).map((day) => `day=${day}`);
  const found = await Promise.all([...days, MIXED].map((day) => files.list(`${tenantFolder(tenant)}/${day}`)));
  return found.flat().filter((file) => {
    const times = timesOf(placeOf(file));
    return times !== undefined && times.from < to && times.to > from;
  });
};
