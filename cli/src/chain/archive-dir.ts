import { join } from 'node:path';
import type { Environment } from '#libs/service';

/** Where a service's archived commits are, where ARCHIVE_DIR says so. */
export const archiveOf = (service: string, { ARCHIVE_DIR }: Environment = process.env): string | undefined =>
  ARCHIVE_DIR ? join(ARCHIVE_DIR, service) : undefined;
