import { z } from 'zod';
import { readConfig } from '#libs/service';

const shape = {
  /** Folder of our own rules, from the working directory. */
  RULES_DIR: z.string().min(1).default('rules'),
  /** Window of findings whose rule does not name one, minutes. */
  WINDOW_MINUTES: z.coerce.number().int().min(1).max(10_080).default(60),
  /** Between checkpoints of a partition under load. */
  CHECKPOINT_EVERY_MS: z.coerce.number().int().min(50).max(60_000).default(1_500),
  /** Findings a partition remembers; beyond it the one matched longest ago is forgotten. */
  MOST_FINDINGS: z.coerce.number().int().min(100).max(200_000).default(20_000),
};

/** The only reader of detection's environment. @throws Error naming everything that is missing or wrong. */
export const config = (environment: Record<string, string | undefined> = process.env) => readConfig(shape, environment);
export type DetectionConfig = ReturnType<typeof config>;

/** What holds where the base block alone was read. */
export const defaults = z.object(shape).parse({});
