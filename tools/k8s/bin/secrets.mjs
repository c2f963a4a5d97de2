/**
 * Secrets for the chart, where no external store makes them: manifests on standard output, from what Compose is given.
 *   node tools/stack/bin/secrets.mjs | node tools/k8s/bin/secrets.mjs --mongo URL [--users FILE] [--kafka] \
 *     | kubectl create -f -
 * `create` and not `apply`: each run makes new keys and passwords, and what is there must stay. `--mongo` is the URL
 * of the store, `{user}` in it the name of each service, and `backup` and `restore`; `{password}` a password of its
 * own for each, with which `--users` writes what makes these users, for mongosh. `--mongo-operator` instead: passwords
 * alone, for the operator of MongoDB. `--kafka` adds the passwords of Kafka's users, for a Kafka that Strimzi does not
 * run: the Job that provisions makes the users with them.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const has = (name) => process.argv.includes(name);
const argument = (name) => (has(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const refuse = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};
const mongo = argument('--mongo');
const users = argument('--users');
if (!has('--mongo-operator') && !/^mongodb(\+srv)?:\/\//.test(mongo ?? ''))
  refuse('name the store: --mongo mongodb://{user}:{password}@host/?authSource=admin, or --mongo-operator');
if (has('--mongo') && has('--mongo-operator')) refuse('--mongo and --mongo-operator: one of the two');
if (has('--users') && (users === undefined || users.startsWith('--'))) refuse('--users FILE: name the file');
if (users && existsSync(users)) refuse(`${users} is there already: it may hold passwords that are in use`);
if (users && !mongo?.includes('{password}')) refuse('--users makes those whose {password} is in the URL of --mongo');

const given = readFileSync(0, 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm);
const settings = new Map([...given].map(([, name, value]) => [name, value.replace(/^'(.*)'$/, '$1')]));
const named = (prefix) =>
  [...settings].flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length).toLowerCase(), value]] : [],
  );
const signing = named('SIGNING_KEY_');
if (signing.length === 0)
  refuse('nothing came in: node tools/stack/bin/secrets.mjs | node tools/k8s/bin/secrets.mjs …');

const secret = (name, stringData) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, labels: { 'app.kubernetes.io/name': 'vigie' } },
  type: 'Opaque',
  stringData: Object.fromEntries(stringData),
});
const services = signing.map(([name]) => name);
const storePasswords = [...services, 'backup', 'restore'].map((name) => [name, randomBytes(24).toString('base64url')]);
const urlOf = ([name, password]) => [name, mongo.replaceAll('{user}', name).replaceAll('{password}', password)];
/** Each service its own database; who backs up and who restores, all. */
const rolesOf = (user) =>
  services
    .filter((name) => user === name || user === 'backup' || user === 'restore')
    .map((name) => ({ role: user === 'backup' ? 'read' : 'readWrite', db: `vigie_${name}` }));
const passwords = [...named('KAFKA_PASSWORD_'), ['admin', settings.get('KAFKA_ADMIN_PASSWORD')]];

const items = [
  secret('vigie-keys', [...signing, ['trusted', settings.get('TRUSTED_KEYS')]]),
  mongo ? secret('vigie-mongo', storePasswords.map(urlOf)) : secret('vigie-mongo-passwords', storePasswords),
  secret('vigie-connectors', [['secrets.json', '{}']]),
  ...(has('--kafka') ? [secret('vigie-kafka', passwords)] : []),
];
if (users) {
  const lines = storePasswords.map(
    ([user, pwd]) => `db.createUser(${JSON.stringify({ user, pwd, roles: rolesOf(user) })});`,
  );
  writeFileSync(users, `db = db.getSiblingDB('admin');\n${lines.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
}
process.stdout.write(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`);
