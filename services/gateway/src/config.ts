import { z } from 'zod';
import { readConfig, tokenIssuerList, type Environment } from '#libs/service';
import { DAY_MS } from '#libs/terms';

const shape = {
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  LISTEN_HOST: z.string().default('0.0.0.0'),
  /** Who signs tokens: [{ issuer, side, tenant?, jwks }]; `*` at the end of an issuer stands for the tenant. */
  TOKEN_ISSUERS: tokenIssuerList.refine((list) => list.length > 0, 'names nobody'),
  /** Subjects of the provider who are operator-admins without a grant, comma-separated: the first administrator. */
  OPERATOR_ADMINS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    ),
  /** How long a mutation waits for its answer, and then for the view. */
  ANSWER_WAIT_MS: z.coerce.number().int().min(100).max(25_000).default(5_000),
  VIEW_WAIT_MS: z.coerce.number().int().min(0).max(10_000).default(2_000),
  /** How long one read of the store may take, and all reads of one operation. */
  READ_WITHIN_MS: z.coerce.number().int().min(100).max(60_000).default(5_000),
  OPERATION_WITHIN_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  /** Reads under way of one person, or of one customer. */
  READS_AT_ONCE: z.coerce.number().int().min(1).max(100).default(6),
  /** Requests of one person: in the long run, and at once. */
  REQUESTS_PER_SECOND: z.coerce.number().min(0.1).max(100_000).default(20),
  REQUESTS_AT_ONCE: z.coerce.number().int().min(1).max(1_000_000).default(400),
  SOCKETS_PER_USER: z.coerce.number().int().min(1).max(10_000).default(20),
  SOCKETS_AT_MOST: z.coerce.number().int().min(1).max(1_000_000).default(5_000),
  SUBSCRIPTIONS_PER_USER: z.coerce.number().int().min(1).max(100_000).default(100),
  /** A socket nothing is asked on for that long is closed. */
  SOCKET_IDLE_MS: z.coerce.number().int().min(1_000).max(DAY_MS).default(300_000),
};

/** The only reader of the gateway's environment. @throws Error naming everything that is missing or wrong. */
export const config = (environment: Environment) => readConfig(shape, environment);
export type GatewayConfig = ReturnType<typeof config>;
