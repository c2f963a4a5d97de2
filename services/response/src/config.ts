import { z } from 'zod';
import { allowedIn } from '#libs/outbound';
import { readConfig, type Environment } from '#libs/service';

const milliseconds = z.coerce.number().int().min(10).max(600_000);

const shape = {
  /** JSON file of secrets by tenant and reference, each with the origins it may be sent to; mode 0600. */
  SECRETS_FILE: z.string().min(1),
  /** Private hosts or ranges that may be called although private, comma-separated: on-premises vendors, stand-ins. */
  EGRESS_ALLOW: z.string().default('').transform(allowedIn),
  /** Before the first look for an effect; the pauses between looks grow. */
  VERIFY_AFTER_MS: milliseconds.default(2_000),
};

/** @throws Error naming everything that is missing or wrong. */
export const config = (environment: Environment) => readConfig(shape, environment);
