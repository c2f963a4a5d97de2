import { z } from 'zod';
import { allowedIn } from '#libs/outbound';
import { parsedJson, readConfig, tokenIssuerList, type Environment } from '#libs/service';
import { syslogListeners } from './config-syslog.js';
import { MOST_BODY_BYTES } from './listeners/body.js';
import type { SyslogPort } from './listeners/syslog-port.js';

const port = z.coerce.number().int().min(0).max(65_535);
const count = z.coerce.number().int().min(1);
const bytes = z.coerce.number().int().min(1_024);

/** `<tenant>/<name>` -> absolute path. */
const foldersIn = (text: string, context: z.RefinementCtx): ReadonlyMap<string, string> => {
  const all = text.split(',').filter((one) => one.trim() !== '');
  const read = all.map((one) => /^\s*([a-z0-9-]+\/[a-z0-9-]{1,60})=(\/.*?)\s*$/.exec(one));
  if (read.includes(null))
    context.addIssue({ code: 'custom', message: 'folders are <tenant>/<name>=<absolute path>, comma-separated' });
  return new Map(read.flatMap((one) => (one ? [[one[1] ?? '', one[2] ?? ''] as const] : [])));
};
const path = z.string().default('');

interface TlsSettings {
  SYSLOG_LISTENERS: SyslogPort[];
  SYSLOG_TLS_CERT_FILE: string;
  SYSLOG_TLS_KEY_FILE: string;
  SYSLOG_TLS_CLIENT_CA_FILE: string;
}

const whyNoTls = (read: TlsSettings): string | undefined => {
  const ports = read.SYSLOG_LISTENERS.filter(({ transport }) => transport === 'tls');
  if (ports.length === 0) return undefined;
  const lacking = (['SYSLOG_TLS_CERT_FILE', 'SYSLOG_TLS_KEY_FILE'] as const).filter((name) => read[name] === '');
  if (lacking.length > 0) return `${lacking.join(' and ')}: a syslog listener with TLS needs both`;
  const named = ports.some((at) => at.transport === 'tls' && at.clients?.some((client) => 'name' in client));
  if (named && read.SYSLOG_TLS_CLIENT_CA_FILE === '')
    return "SYSLOG_TLS_CLIENT_CA_FILE: a syslog client that is known by its certificate's name needs who signs it";
  return undefined;
};

/** The only reader of collection's environment. */
export const config = (environment: Environment) => {
  const read = readConfig(
    {
      HTTP_PORT: port.default(8088),
      /** OTLP over gRPC; `off` for none. */
      OTLP_GRPC_PORT: z.union([z.enum(['off', '']).transform(() => null), port]).default(4317),
      /** Who signs partners' tokens: [{ issuer, side, tenant?, jwks }]; `*` at the end of an issuer stands for the tenant. */
      TOKEN_ISSUERS: tokenIssuerList.default([]),
      /**
       * Keys of webhooks, each as JSON under `hooks/<id>`, and credentials of what is pulled, in the form of response's
       * file; without it, neither.
       */
      SECRETS_FILE: z.string().default(''),
      /**
       * Syslog listeners: [{ port, transport, tenant, source }], or { port, transport: 'tls', clients }. The port is
       * the credential, unless certificates are: keep it inside the tenant's network.
       */
      SYSLOG_LISTENERS: parsedJson.pipe(syslogListeners).default([]),
      /** PEM files of syslog over TLS: certificate and key of ours, and authorities of senders who must show one. */
      SYSLOG_TLS_CERT_FILE: path,
      SYSLOG_TLS_KEY_FILE: path,
      SYSLOG_TLS_CLIENT_CA_FILE: path,
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
      /** Of all tenants together: behind an address there may be a relay, or a site. */
      SYSLOG_MAX_CONNECTIONS_PER_ADDRESS: count.default(128),
      /** TLS handshakes under way; most last some ms. */
      SYSLOG_MAX_HANDSHAKES_PER_ADDRESS: count.default(32),
      /** Requests of one token: in the long run, and at once. Bytes are bounded apart. */
      HTTP_REQUESTS_PER_SECOND: z.coerce.number().min(0.1).default(500),
      HTTP_REQUESTS_AT_ONCE: z.coerce.number().int().min(1).default(5_000),
      /** Private hosts or ranges that may be called although private, comma-separated. */
      EGRESS_ALLOW: z.string().default('').transform(allowedIn),
      /** Folders that are pulled, as <tenant>/<name>=<absolute path>, comma-separated: a tenant reads its own alone. */
      PULL_DIRECTORIES: z.string().default('').transform(foldersIn),
      /** Shards of a tenant's telemetry. */
      SHARDS: z.coerce.number().int().min(1).max(1_024).default(1),
    },
    environment,
  );
  const why = whyNoTls(read);
  if (why) throw new Error(`configuration is not complete:\n  ${why}`);
  return read;
};

export type CollectionConfig = ReturnType<typeof config>;
