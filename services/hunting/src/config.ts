import { z } from 'zod';
import { readConfig, type Environment } from '#libs/service';

/** The only reader of hunting's environment. */
export const config = (environment: Environment) =>
  readConfig(
    {
      /** Folder of the lake; shared by all replicas. */
      LAKE_DIR: z.string().min(1),
      /** Rows of a partition that are written at once. */
      LAKE_FILE_ROWS: z.coerce.number().int().min(1).default(20_000),
      /** How long rows wait for company before they are written. */
      LAKE_WAIT_MS: z.coerce.number().int().min(100).default(2_000),
      LAKE_COMPACT_EVERY_MS: z.coerce.number().int().min(1_000).default(60_000),
      LAKE_MEMORY_MB: z.coerce.number().int().min(128).default(1_024),
      LAKE_THREADS: z.coerce.number().int().min(1).max(64).default(2),
    },
    environment,
  );

export type HuntingConfig = ReturnType<typeof config>;
