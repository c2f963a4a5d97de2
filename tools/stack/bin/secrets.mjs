// Prints the .env of docker-compose.yml with new secrets: node tools/stack/bin/secrets.mjs > .env && chmod 600 .env
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';

/** Nothing is built yet when this runs: the folders say which services there are. */
const SERVICES = readdirSync(new URL('../../../services/', import.meta.url)).sort();

const password = () => randomBytes(24).toString('base64url');
const keyPair = (kid) => {
  const { d, ...shared } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kid, public: { ...shared, kid }, secret: { ...shared, kid, d } };
};
const keys = SERVICES.map(keyPair);
const quoted = (value) => `'${JSON.stringify(value)}'`;

const lines = [
  '# Secrets of this installation. Keep them out of version control; losing them means losing its data.',
  `KAFKA_ADMIN_PASSWORD=${password()}`,
  `KAFKA_BROKER_PASSWORD=${password()}`,
  `MONGO_PASSWORD=${password()}`,
  `MONGO_KEY=${randomBytes(48).toString('base64')}`,
  ...SERVICES.map((name) => `KAFKA_PASSWORD_${name.toUpperCase()}=${password()}`),
  ...keys.map(({ kid, secret }) => `SIGNING_KEY_${kid.toUpperCase()}=${quoted(secret)}`),
  `TRUSTED_KEYS=${quoted({ keys: keys.map((pair) => pair.public) })}`,
  '',
  '# Who signs the tokens of people and partners: [{"issuer","side":"PROVIDER|CUSTOMER|PARTNER","tenant"?,"jwks":{"keys":[…]}}]',
  '# The gateway does not start without one.',
  "TOKEN_ISSUERS='[]'",
  '# Subjects of the first operators, comma-separated; they grant the others their rights.',
  'OPERATOR_ADMINS=',
  '# Folders whose secrets.json says what response needs to reach the vendors, oncall to reach webhooks of customers,',
  '# and collection to pull from vendors and to know webhooks that come in:',
  '# vigie secret add --file connectors/secrets.json …, readable by user 1000 alone. Unset: there are none.',
  '# CONNECTOR_SECRETS_DIR=./connectors',
  '# WEBHOOK_SECRETS_DIR=./webhooks',
  '# SYSLOG_TLS_DIR=./syslog-tls',
  '# HOOK_SECRETS_DIR=./hooks',
];
process.stdout.write(`${lines.join('\n')}\n`);
