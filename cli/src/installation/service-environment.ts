import { resolve } from 'node:path';
import { type ServiceName } from '#libs/terms';
import type { Stack } from '#stack';
import { tokenIssuers } from './keys.js';
import { DEV_ADMIN, type Installation } from './saved-installation.js';
import { secretsFileOf } from './secrets.js';
import { syslogEnvironment } from './syslog.js';

const { LOG_LEVEL = 'info', ARCHIVE_DIR = '' } = process.env;

const baseEnvironment = ({ keys, ports }: Installation, stack: Stack, name: ServiceName): Record<string, string> => {
  const principal = stack.userFor(name);
  return {
    KAFKA_BROKERS: stack.brokers.join(','),
    KAFKA_USERNAME: principal.username,
    KAFKA_PASSWORD: principal.password,
    MONGO_URL: stack.mongoUrl,
    SERVICE_SIGNING_KEY: JSON.stringify(keys[name]?.secret),
    TRUSTED_KEYS: JSON.stringify({ keys: Object.values(keys).map((pair) => pair.public) }),
    HEALTH_PORT: String(ports[name] ?? 0),
    HEALTH_HOST: '127.0.0.1',
    LOG_LEVEL,
    ARCHIVE_DIR: ARCHIVE_DIR === '' ? '' : resolve(ARCHIVE_DIR),
  };
};

const ownEnvironment = (installation: Installation, name: ServiceName): Record<string, string> => {
  const { ports, dir, issuer } = installation;
  const own: Partial<Record<ServiceName, Record<string, string>>> = {
    collection: {
      LISTEN_HOST: '127.0.0.1',
      HTTP_PORT: String(ports['collection.http']),
      OTLP_GRPC_PORT: String(ports['collection.grpc']),
      SECRETS_FILE: resolve(secretsFileOf(dir)),
      EGRESS_ALLOW: '127.0.0.1',
      TOKEN_ISSUERS: tokenIssuers(issuer.public),
      ...syslogEnvironment(dir, installation.syslog ?? []),
    },
    gateway: {
      LISTEN_HOST: '127.0.0.1',
      HTTP_PORT: String(ports['gateway.http']),
      TOKEN_ISSUERS: tokenIssuers(issuer.public),
      OPERATOR_ADMINS: DEV_ADMIN,
    },
    detection: { RULES_CACHE_DIR: resolve(dir, 'compiled-rules') },
    hunting: { LAKE_DIR: resolve(dir, 'lake') },
    oncall: {
      SMTP_URL: installation.smtpUrl ?? '',
      SMTP_FROM: 'soc@provider.example',
      SECRETS_FILE: resolve(secretsFileOf(dir)),
      EGRESS_ALLOW: '127.0.0.1',
    },
    reporting: { ...installation.brand },
    response: { SECRETS_FILE: resolve(secretsFileOf(dir)), EGRESS_ALLOW: '127.0.0.1' },
  };
  return own[name] ?? {};
};

/** The environment of a service's process, and nothing beside it. */
export const environmentOf = (installation: Installation, stack: Stack, name: ServiceName): Record<string, string> => ({
  ...baseEnvironment(installation, stack, name),
  ...ownEnvironment(installation, name),
});
