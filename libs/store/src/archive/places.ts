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

/** Name of a new file; the lease under which it is written stands in it, for people who look. */
export const fileName = (tenant: TenantScope, month: string, epoch: number): string =>
  `${folderOf(tenant)}/month=${month}/commits-${epoch}-${randomUUID()}.parquet`;
