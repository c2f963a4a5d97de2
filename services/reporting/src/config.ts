import { z } from 'zod';
import { carriesWhite, VIGIE } from './brand.js';
import { readConfig, type Environment } from '#libs/service';

/** The only reader of reporting's environment. */
export const config = (environment: Environment) =>
  readConfig(
    {
      /** How long after the end of a period its facts may still be under way. */
      REPORT_SETTLE_MS: z.coerce.number().int().min(0).max(60_000).default(3_000),
      /** Whose reports these are, on every page. */
      REPORT_BRAND_NAME: z.string().trim().min(1).max(60).default(VIGIE.name),
      REPORT_BRAND_COLOUR: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'such as #1d6a8c')
        .refine(carriesWhite, 'too light for white text')
        .default(VIGIE.colour),
      /** Path of an SVG. */
      REPORT_BRAND_LOGO: z.string().default(''),
    },
    environment,
  );

export type ReportingConfig = ReturnType<typeof config>;
