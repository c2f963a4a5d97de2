import type { TenantScope } from '../scope.js';

/** A file of commits, as the service signed that it is. */
export interface ArchivedFile {
  /** Relative to the service's folder. */
  name: string;
  /** UTC, yyyy-mm, of the commits. */
  month: string;
  /** Hexadecimal, of the file. */
  sha256: string;
  bytes: number;
  commits: number;
  streams: number;
  /** When it was written, epoch ms: what it holds is taken from the store some time later. */
  at: number;
  signature: string;
}

/** What is archived of a tenant. Files are added and exchanged by who took the list over last, and by nobody else. */
export interface ArchiveDocument {
  _id: TenantScope;
  tenant: TenantScope;
  /** Grows with each taking over. */
  epoch: number;
  files: ArchivedFile[];
  /** Files that others have taken the place of, to be removed. */
  replaced: string[];
}
