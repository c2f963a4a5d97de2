import { randomUUID } from 'node:crypto';
import type { TenantScope } from '../scope.js';

/** Who archives or erases in the archive. */
export const ARCHIVE_LEASE = 'archive';
export const ARCHIVE_LEASE_MS = 60_000;

const MONTH_LENGTH = 7;

/** Month of a moment, UTC: yyyy-mm. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, MONTH_LENGTH);

/** When the month of a moment began, epoch ms: what lies before are whole months. */
export const monthStart = (at: number): number => Date.parse(`${monthOf(at)}-01T00:00:00Z`);

export const folderOf = (tenant: TenantScope): string => `tenant=${tenant}`;

const NAME = /^month=\d{4}-\d{2}\/commits-[\w-]{1,80}\.parquet$/;

/** Whether a list may name a file so: it is looked for nowhere else. */
export const isFileName = (tenant: TenantScope, name: unknown): boolean => {
  const folder = `${folderOf(tenant)}/`;
  return typeof name === 'string' && name.startsWith(folder) && NAME.test(name.slice(folder.length));
};

/** Name of a new file; the lease under which it is written stands in it, for people who look. */
export const fileName = (tenant: TenantScope, month: string, epoch: number): string =>
  `${folderOf(tenant)}/month=${month}/commits-${epoch}-${randomUUID()}.parquet`;
