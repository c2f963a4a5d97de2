import { execFileSync } from 'node:child_process';
import { SERVICES } from '#libs/terms';
import { readConfig } from '#libs/service';
import { definitions } from '../../../cli/src/index.js';
import { environmentIn, watched, type Kept } from './container-environment.js';
import { INSTALLATIONS, render } from './helm.js';
import { whereHelmIs } from './where-helm-is.js';
import { ofKind, workloadsOf, type KubeContainer, type KubeObject, type Workload } from './objects.js';

const URL_OF_STORE = 'mongodb://{user}:{password}@store/?authSource=admin';
const ISSUERS = JSON.stringify([
  { issuer: 'urn:provider', side: 'PROVIDER', jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'one' }] } },
]);

/** What tools/k8s/bin/secrets.mjs makes, beside what operators and identity providers do. */
const kept = (): Kept => {
  const made = execFileSync(process.execPath, ['tools/stack/bin/secrets.mjs']);
  const list = execFileSync(process.execPath, ['tools/k8s/bin/secrets.mjs', '--mongo', URL_OF_STORE, '--kafka'], {
    input: made,
    encoding: 'utf8',
  });
  const { items } = JSON.parse(list) as { items: (KubeObject & { stringData: Record<string, string> })[] };
  return {
    ...Object.fromEntries(items.map(({ metadata, stringData }) => [metadata.name, stringData])),
    ...Object.fromEntries(SERVICES.map((name) => [name, { password: 'by Strimzi' }])),
    ...Object.fromEntries(
      SERVICES.map((name) => [`vigie-mongo-${name}`, { 'connectionString.standard': 'mongodb://by-its-operator' }]),
    ),
    'vigie-identity': { 'token-issuers': ISSUERS },
    'vigie-smtp': { url: 'smtps://soc:x@mail.example' },
    'vigie-webhooks': { 'secrets.json': '{}' },
  };
};

const containerOf = ({ spec }: Workload): KubeContainer => spec.template.spec.containers[0] as KubeContainer;

whereHelmIs.each(Object.keys(INSTALLATIONS))('containers: %s', (which) => {
  let objects: KubeObject[] = [];
  let secrets: Kept = {};
  beforeAll(() => {
    objects = render(INSTALLATIONS[which] ?? []);
    secrets = kept();
  });

  it('is one for each service, started by its name', () =>
    expect(
      workloadsOf(objects)
        .map((one) => containerOf(one).args?.join())
        .sort(),
    ).toEqual([...SERVICES].sort()));

  it.each(SERVICES)('%s is given all that it needs, and nothing that it does not know', (name) => {
    const workload = workloadsOf(objects).find((one) => containerOf(one).name === name) as Workload;
    const definition = definitions.find((one) => one.name === name);
    const { environment, unasked } = watched(environmentIn(containerOf(workload), secrets));
    const read = definition?.config ?? ((given: typeof environment) => readConfig({}, given));
    expect(read(environment)).toMatchObject({ KAFKA_USERNAME: name });
    expect(unasked()).toEqual([]);
  });

  it('finds its files where they are mounted', () => {
    for (const workload of workloadsOf(objects)) {
      const { env = [], volumeMounts = [] } = containerOf(workload);
      const paths = env.flatMap(({ value }) => (value?.startsWith('/') ? [value] : []));
      for (const path of paths) expect(volumeMounts.some(({ mountPath }) => path.startsWith(mountPath))).toBe(true);
    }
  });

  it('keeps no secret in a value', () => {
    const secret = /PASSWORD|SIGNING_KEY|MONGO_URL|SMTP_URL/;
    const jobs = ofKind<Workload>(objects, 'Job');
    for (const { env = [] } of [...workloadsOf(objects), ...jobs].map(containerOf))
      for (const { name, value } of env)
        if (secret.test(name)) expect({ name, value }).toEqual({ name, value: undefined });
  });
});

whereHelmIs('the Job that provisions', () =>
  it('is given the password of every user', () => {
    const [job] = ofKind<Workload>(render(INSTALLATIONS.bare ?? []), 'Job');
    const given = environmentIn(containerOf(job as Workload), kept());
    expect(Object.keys(given).sort()).toEqual(
      [
        'KAFKA_ADMIN_PASSWORD',
        'KAFKA_ADMIN_USERNAME',
        'KAFKA_BROKERS',
        'MONGO_URL',
        ...SERVICES.map((name) => `KAFKA_PASSWORD_${name.toUpperCase()}`),
      ].sort(),
    );
  }),
);
