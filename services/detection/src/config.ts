import { z } from 'zod';
import { readConfig, type Environment } from '#libs/service';
import { HOUR_MS, DAY_MS } from '#libs/terms';

const shape = {
  /** Folder of our own rules, from the working directory. */
  RULES_DIR: z.string().min(1).default('rules'),
  /**
   * Folder where compiled rules are kept for the next start, trusted as the rules are; empty: they are compiled at
   * every start.
   */
  RULES_CACHE_DIR: z.string().default(''),
  /** Heap that compiling a tenant's own rules may take, MB, and for how long, ms: in a thread of its own. */
  TENANT_RULES_MB: z.coerce.number().int().min(1).max(4_096).default(256),
  TENANT_RULES_MS: z.coerce.number().int().min(1).max(120_000).default(15_000),
  /** Window of findings whose rule does not name one, minutes. */
  WINDOW_MINUTES: z.coerce.number().int().min(1).max(10_080).default(60),
  /** Between checkpoints of a partition under load. */
  CHECKPOINT_EVERY_MS: z.coerce.number().int().min(50).max(60_000).default(1_500),
  /** Findings a partition remembers; beyond it the one matched longest ago is forgotten. */
  MOST_FINDINGS: z.coerce.number().int().min(100).max(200_000).default(20_000),
  /**
   * New findings of a rule, and of all rules together, within an hour at a tenant; what goes beyond is counted in one
   * finding that says so.
   */
  FINDINGS_PER_RULE: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
  FINDINGS_IN_ALL: z.coerce.number().int().min(1).max(1_000_000).default(10_000),
  /** Partitions of the topic of matches: each has its share of the findings that correlations may raise. */
  MATCH_PARTITIONS: z.coerce.number().int().min(1).max(10_000).default(6),
  /** How much later than the newest of its source an event may come and still be correlated. */
  LATENESS_MS: z.coerce.number().int().min(0).max(HOUR_MS).default(60_000),
  /** The same for audit logs that are fetched or delivered now and then. */
  DELIVERED_LATENESS_MS: z.coerce.number().int().min(0).max(DAY_MS).default(300_000),
  /**
   * What a partition's correlations may hold, bytes; beyond it the groups whose newest event is oldest are given up.
   */
  CORRELATION_BYTES: z.coerce
    .number()
    .int()
    .min(100_000)
    .max(1_000_000_000)
    .default(64 * 1024 * 1024),
};

/** The only reader of detection's environment. @throws Error naming everything that is missing or wrong. */
export const config = (environment: Environment) => readConfig(shape, environment);
export type DetectionConfig = ReturnType<typeof config>;

/** What holds where the base block alone was read. */
export const defaults = z.object(shape).parse({});
