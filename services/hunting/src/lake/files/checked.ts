import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '#libs/model';
import { S3Failed, type Bucket } from '#libs/s3';

/** Written at each start, over itself, and left there: a second replica may be looking at it. No file of the lake. */
const PROBE = '.vigie-probe';

/** Tries what the lake does with its bucket, one by one. @throws Fault that says which right is missing. */
export const checked = async (bucket: Bucket, local: string, url: string): Promise<void> => {
  const file = join(local, `probe-${randomUUID()}`);
  const steps: [string, string, () => Promise<unknown>][] = [
    ['listed', 's3:ListBucket', () => bucket.page({ prefix: '', most: 1 })],
    ['written', 's3:PutObject', () => bucket.put(PROBE, file)],
    ['read', 's3:GetObject', () => bucket.get(PROBE, file, 1)],
    // Whether what is not there may be taken away is asked of the same right.
    ['taken away from', 's3:DeleteObject', () => bucket.remove(`${PROBE}-${randomUUID()}`)],
  ];
  try {
    await writeFile(file, 'vigie');
    for (const [what, right, work] of steps)
      await work().catch((error: unknown) => {
        if (!(error instanceof S3Failed)) throw error;
        const why = error.status === 403 ? `; its key needs ${right}, or is not the one that is known there` : '';
        throw new Fault(`the lake's bucket, LAKE_S3_URL ${url}, cannot be ${what}: ${error.message}${why}`);
      });
  } finally {
    await rm(file, { force: true });
  }
};
