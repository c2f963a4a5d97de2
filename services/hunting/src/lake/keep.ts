import { DAY_MS } from '#libs/terms';
import type { Duck } from './duck.js';
import type { FilesOfLake, LakeFile } from './files/port.js';
import { placeOf, tenantFolder, tenantsOf, timesOf } from './folders.js';

/** For how many days tenants' events are kept; 0 is for ever. */
export interface KeptDays {
  days: number;
  /** Of those who have agreed on something else. */
  byTenant: ReadonlyMap<string, number>;
}

/**
 * Whether a file holds only events that are not kept any more: its hour, or day, lies as many days back; one of mixed
 * times was written as many days ago, so that it goes later than it might.
 */
const isOver = (file: LakeFile, days: number, now: number): boolean => {
  const times = timesOf(placeOf(file));
  const end = times?.to === Infinity ? file.changedAt : times?.to;
  return days > 0 && end !== undefined && end + days * DAY_MS <= now;
};

/** Files of days that began so long ago, and of mixed times: others need not be listed. */
const begunBefore = async (files: FilesOfLake, tenant: string, days: number, now: number): Promise<LakeFile[]> => {
  const isDue = (name: string): boolean => {
    const times = timesOf(name);
    return days > 0 && times !== undefined && !(times.from + days * DAY_MS > now);
  };
  const folder = tenantFolder(tenant);
  const due = (await files.folders(folder)).filter(isDue);
  return (await Promise.all(due.map((name) => files.list(`${folder}/${name}`)))).flat();
};

/**
 * Takes away what is not kept any more, whole files at a time.
 * @param now epoch ms. @returns files taken away, by tenant.
 */
export const keepWithin = async (
  { files }: Pick<Duck, 'files'>,
  { days, byTenant }: KeptDays,
  now: number,
): Promise<Map<string, number>> => {
  const removed = new Map<string, number>();
  if (days === 0 && byTenant.size === 0) return removed;
  for (const tenant of await tenantsOf(files)) {
    const own = byTenant.get(tenant) ?? days;
    const over = (await begunBefore(files, tenant, own, now)).filter((file) => isOver(file, own, now));
    await files.remove(over.map(({ path }) => path));
    if (over.length > 0) removed.set(tenant, over.length);
  }
  return removed;
};
