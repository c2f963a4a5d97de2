/**
 * Secrets for the chart, where no external store makes them: manifests on standard output, from what Compose is given.
 *   node tools/stack/bin/secrets.mjs | node tools/k8s/bin/secrets.mjs --mongo URL [--kafka] | kubectl apply -f -
 * `--mongo` is the URL of the store, `{service}` in it each service's name; `--kafka` adds the passwords of Kafka's
 * users, for a Kafka that Strimzi does not run: the Job that provisions makes the users with them.
 */
import { readFileSync } from 'node:fs';

const argument = (name) => process.argv[process.argv.indexOf(name) + 1];
const mongo = process.argv.includes('--mongo') ? argument('--mongo') : undefined;
if (!mongo || !/^mongodb(\+srv)?:\/\//.test(mongo)) {
  process.stderr.write('name the store: --mongo mongodb://{service}:password@host/vigie_{service}?authSource=admin\n');
  process.exit(2);
}

const given = readFileSync(0, 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm);
const settings = new Map([...given].map(([, name, value]) => [name, value.replace(/^'(.*)'$/, '$1')]));
const named = (prefix) =>
  [...settings].flatMap(([name, value]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length).toLowerCase(), value]] : [],
  );
const signing = named('SIGNING_KEY_');

const secret = (name, stringData) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, labels: { 'app.kubernetes.io/name': 'vigie' } },
  type: 'Opaque',
  stringData: Object.fromEntries(stringData),
});
const urls = signing.map(([name]) => [name, mongo.replaceAll('{service}', name)]);
const passwords = [...named('KAFKA_PASSWORD_'), ['admin', settings.get('KAFKA_ADMIN_PASSWORD')]];

const items = [
  secret('vigie-keys', [...signing, ['trusted', settings.get('TRUSTED_KEYS')]]),
  secret('vigie-mongo', urls),
  secret('vigie-connectors', [['secrets.json', '{}']]),
  ...(process.argv.includes('--kafka') ? [secret('vigie-kafka', passwords)] : []),
];
process.stdout.write(`${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, null, 2)}\n`);
