import { z } from 'zod';
import { placeOf } from '#libs/s3';
import { readConfig, type Environment } from '#libs/service';

const isBucket = (address: string): boolean => address === '' || placeOf(address) !== undefined;

const keptDaysOf = (text: string, context: z.RefinementCtx): ReadonlyMap<string, number> => {
  const pairs = text.split(',').filter(Boolean);
  const read = pairs.map((pair) => /^([a-z0-9-]+)=(\d{1,5})$/.exec(pair.trim()));
  if (read.includes(null)) context.addIssue({ code: 'custom', message: 'is like acme=90,globex=400' });
  return new Map(read.map((one) => [one?.[1] ?? '', Number(one?.[2])]));
};

/** The only reader of hunting's environment. */
export const config = (environment: Environment) =>
  readConfig(
    {
      /** Folder of the lake, shared by all replicas; where the lake is in a bucket, what one replica has of it. */
      LAKE_DIR: z.string().min(1),
      /** The lake's bucket at a store that speaks S3, and a folder in it: `https://s3.eu-west-1.amazonaws.com/bucket/lake`. */
      LAKE_S3_URL: z.string().default('').refine(isBucket, 'is like https://s3.eu-west-1.amazonaws.com/bucket/folder'),
      /** Empty: the one that the address says, else us-east-1. */
      LAKE_S3_REGION: z.string().default(''),
      /** File with `{"accessKeyId","secretAccessKey"}`, read anew for each request; empty: keys of the environment. */
      LAKE_S3_SECRET_FILE: z.string().default(''),
      AWS_ACCESS_KEY_ID: z.string().default(''),
      AWS_SECRET_ACCESS_KEY: z.string().default(''),
      AWS_SESSION_TOKEN: z.string().default(''),
      /** MiB of the bucket's files in `LAKE_DIR`: those that are read, and of others the latest. */
      LAKE_S3_CACHE_MB: z.coerce.number().int().min(1_024).default(4_096),
      /** MiB of a partition's records that are written at once. */
      LAKE_FILE_MB: z.coerce.number().int().min(1).max(256).default(32),
      /** How long records wait for company before they are written. */
      LAKE_WAIT_MS: z.coerce.number().int().min(100).default(10_000),
      LAKE_COMPACT_EVERY_MS: z.coerce.number().int().min(1_000).default(60_000),
      /** Days that events are kept; 0 is for ever. */
      LAKE_KEEP_DAYS: z.coerce.number().int().min(0).default(0),
      /** Where tenants agreed on something else: `acme=90,globex=400`. */
      LAKE_KEEP_DAYS_OF: z.string().default('').transform(keptDaysOf),
      LAKE_MEMORY_MB: z.coerce.number().int().min(128).default(1_024),
      /** What DuckDB may put on the disk when its memory is not enough, in `LAKE_DIR/.spill`; 0 is nothing. */
      LAKE_SPILL_MB: z.coerce.number().int().min(0).default(2_048),
      LAKE_THREADS: z.coerce.number().int().min(1).max(64).default(2),
    },
    environment,
  );

export type HuntingConfig = ReturnType<typeof config>;
