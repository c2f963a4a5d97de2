/** npm run e2e:k8s [-- --crds FOLDER … --only NAME …]: the chart on the API server that KUBECONFIG names. */
import { withoutHelm } from '../../tools/k8s/src/helm.js';
import { Checks } from './checks.js';
import { playInstallation, type Installed } from './installation.js';
import { defineOperators } from './operators.js';
import { answers } from './programs.js';

const BARE = 'strimzi.enabled=false,keda.enabled=false,monitoring.enabled=false';
const values = (name: string): string[] => ['--values', `k8s/chart/values-${name}.yaml`];

const ONE = { replicas: 1, zones: 1, keeps: false };

const WITHOUT_OPERATORS: Installed[] = [
  { ...ONE, name: 'small bare', flags: [...values('small'), '--set', BARE], strimzi: false, keeps: true },
  {
    name: 'large bare',
    flags: [...values('large'), '--set', `${BARE},lake.keep=false`],
    replicas: 3,
    zones: 3,
    strimzi: false,
    keeps: false,
  },
];
/** Nobody scales there: who would read the ScaledObjects does not run. */
const withOperators = (name: string, flags: string[]): Installed => ({
  ...ONE,
  name,
  flags: [...flags, '--set', 'lake.keep=false'],
  strimzi: true,
});
const WITH_OPERATORS: Installed[] = [
  withOperators('small', values('small')),
  withOperators('large', values('large')),
  withOperators('whole', ['--values', 'tools/k8s/fixtures/whole.yaml']),
];

/** What stands behind a flag, each time that it is given. */
const given = (flag: string): string[] =>
  process.argv.flatMap((word, index) => (word === flag ? (process.argv[index + 1] ?? []) : []));

const isWanted = ({ name }: Installed): boolean => given('--only').length === 0 || given('--only').includes(name);

const run = async (): Promise<number> => {
  const checks = new Checks((line) => void process.stdout.write(`${line}\n`));
  const lacking =
    process.env.KUBECONFIG && answers('kubectl', 'get', '--raw', '/readyz')
      ? withoutHelm?.replace('skipped: ', '')
      : 'no API server';
  if (lacking) {
    process.stdout.write(`skipped: ${lacking}\n0 passed, 0 failed, 1 skipped\n`);
    return 0;
  }
  for (const installed of WITHOUT_OPERATORS.filter(isWanted)) await playInstallation(checks, installed);
  const operators = await defineOperators(given('--crds'));
  try {
    for (const installed of WITH_OPERATORS.filter(isWanted))
      if (operators.lacking.length === 0) await playInstallation(checks, installed);
      else checks.skip(installed.name, `nobody defined ${operators.lacking.join(', ')} (--crds FOLDER)`);
  } finally {
    await operators.forget();
  }
  return checks.end();
};

run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
