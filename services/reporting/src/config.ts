import { z } from 'zod';
import { brandShape } from './brand.js';
import { readConfig, type Environment } from '#libs/service';

/** The only reader of reporting's environment. */
export const config = (environment: Environment) =>
  readConfig(
    {
      /** How long after the end of a period its facts may still be under way. */
      REPORT_SETTLE_MS: z.coerce.number().int().min(0).max(60_000).default(3_000),
      ...brandShape,
    },
    environment,
  );

export type ReportingConfig = ReturnType<typeof config>;
