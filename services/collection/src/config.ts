import { z } from 'zod';
import { parsedJson, readConfig, tokenIssuerList, type Environment } from '#libs/service';
import { MOST_BODY_BYTES } from './listeners/body.js';
import { isSource, isTenant, SOURCE_NAME_RULE, TENANT_NAME_RULE } from '#libs/terms';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
const bytes = z.coerce.number().int().min(1_024);

const syslog = z.array(
  z.object({
    port,
    transport: z.enum(['tcp', 'udp']),
    tenant: z.string().refine(isTenant, TENANT_NAME_RULE),
    source: z.string().refine(isSource, SOURCE_NAME_RULE),
  }),
);

/** The only reader of collection's environment. */
export const config = (environment: Environment) =>
  readConfig(
    {
      HTTP_PORT: port.default(8088),
      /** OTLP over gRPC; `off` for none. */
      OTLP_GRPC_PORT: z.union([z.enum(['off', '']).transform(() => undefined), port]).default(4317),
      /** Who signs partners' tokens: [{ issuer, side, tenant?, jwks }]; `*` at the end of an issuer stands for the tenant. */
      TOKEN_ISSUERS: tokenIssuerList.default([]),
      /** Keys of webhooks, in the form of response's file, each as JSON under `hooks/<id>`; without it, no webhooks. */
      SECRETS_FILE: z.string().default(''),
      /**
       * Syslog listeners: [{ port, transport, tenant, source }]. The port is the credential: keep it inside the
       * tenant's network.
       */
      SYSLOG_LISTENERS: parsedJson.pipe(syslog).default([]),
      LISTEN_HOST: z.string().default('0.0.0.0'),
      /** Of one HTTP request, unpacked. */
      HTTP_MAX_BYTES: bytes.default(MOST_BODY_BYTES),
      /** Of all that the listeners hold and Kafka does not have yet; a tenant has a quarter of it at most. */
      HTTP_MAX_PENDING_BYTES: bytes.default(128 * 1024 * 1024),
      HTTP_MAX_CONNECTIONS: count.default(2_048),
      /** Behind a proxy all come from one address: then as many as in all. */
      HTTP_MAX_CONNECTIONS_PER_ADDRESS: count.default(512),
      SYSLOG_MAX_CONNECTIONS: count.default(1_024),
      SYSLOG_MAX_CONNECTIONS_PER_TENANT: count.default(256),
      /** Requests of one token: in the long run, and at once. Bytes are bounded apart. */
      HTTP_REQUESTS_PER_SECOND: z.coerce.number().min(0.1).default(500),
      HTTP_REQUESTS_AT_ONCE: z.coerce.number().int().min(1).default(5_000),
      /** Shards of a tenant's telemetry. */
      SHARDS: z.coerce.number().int().min(1).max(1_024).default(1),
    },
    environment,
  );

export type CollectionConfig = ReturnType<typeof config>;
