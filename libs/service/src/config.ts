import { z } from 'zod';
import { SAMPLERS } from './sampling.js';

/** Answers are kept for so long at least: no request is asked again after it (see ready-requests.ts). */
export const ANSWERS_LEAST_DAYS = 90;

const leastOr0 = (days: number): boolean => days === 0 || days >= ANSWERS_LEAST_DAYS;
const port = z.coerce.number().int().min(0).max(65_535);
/** A variable that is written as JSON. */
export const parsedJson = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
});
const jwk = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), kid: z.string() });

/** What every service reads from its environment. */
export const baseShape = {
  KAFKA_BROKERS: z
    .string()
    .min(1)
    .transform((list) => list.split(',').map((one) => one.trim())),
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  MONGO_URL: z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb://'),
  SERVICE_SIGNING_KEY: parsedJson.pipe(jwk.extend({ d: z.string() })),
  TRUSTED_KEYS: parsedJson.pipe(z.object({ keys: z.array(jwk) })),
  HEALTH_PORT: port.default(9464),
  /** Address that probes and figures answer on. */
  HEALTH_HOST: z.string().default('0.0.0.0'),
  /** Who takes traces, by OTLP over HTTP, such as http://collector:4318; nobody when empty. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** Sent with them: `name=value`, by commas. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().default(''),
  /** What stands in every span: `name=value`, by commas. */
  OTEL_RESOURCE_ATTRIBUTES: z.string().default(''),
  OTEL_TRACES_SAMPLER: z.enum(SAMPLERS).default('parentbased_always_on'),
  /** Share of the traces, for the samplers by ratio. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** Of answers that stand alone; 0: for ever. */
  ANSWERS_KEEP_DAYS: z.coerce
    .number()
    .int()
    .refine(leastOr0, `must be 0 (for ever) or ${ANSWERS_LEAST_DAYS} and more`)
    .default(ANSWERS_LEAST_DAYS),
  /** Of commits in the store, before they are archived where ARCHIVE_DIR is set; 0: for ever. */
  COMMITS_KEEP_DAYS: z.coerce
    .number()
    .int()
    .refine(leastOr0, `must be 0 (for ever) or ${ANSWERS_LEAST_DAYS} and more`)
    .default(400),
  /** Folder of archived commits, which each service has a folder of its own in; nothing is archived when empty. */
  ARCHIVE_DIR: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
};

/** What a process was given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The base block, read. */
export type BaseConfig = z.infer<z.ZodObject<typeof baseShape>>;

/**
 * Reads a service's configuration: the base block and its own.
 * @throws Error naming every missing or wrong variable at once, never a value.
 */
export const readConfig = <Shape extends z.ZodRawShape>(shape: Shape, environment: Environment) => {
  const result = z.object({ ...baseShape, ...shape }).safeParse(environment);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new Error(`configuration is not complete:\n${problems.join('\n')}`);
};
