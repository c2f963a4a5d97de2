/** npm run e2e:k8s [-- --crds FOLDER … --only NAME …]: the chart on the API server that KUBECONFIG names. */
import { BARE, INSTALLATIONS, withoutHelm } from '../../tools/k8s/src/helm.js';
import { Checks } from './checks.js';
import { playInstallation, type Installed } from './installation.js';
import { keepNodesAlive } from './leases.js';
import { defineOperators } from './operators.js';
import { answers } from './programs.js';
import { Undoing } from './undoing.js';

const { small = [], large = [], whole = [] } = INSTALLATIONS;
const GOES_WHOLE = ['--set', 'lake.keep=false'];

const ONE = { replicas: 1, zones: 1, keeps: false };

const WITHOUT_OPERATORS: Installed[] = [
  { ...ONE, name: 'small bare', flags: [...small, ...BARE], strimzi: false, keeps: true },
  {
    name: 'large bare',
    flags: [...large, ...BARE, ...GOES_WHOLE],
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
  flags: [...flags, ...GOES_WHOLE],
  strimzi: true,
});
const WITH_OPERATORS: Installed[] = [
  withOperators('small', small),
  withOperators('large', large),
  withOperators('whole', whole),
];

/** What stands behind a flag, each time that it is given. */
const given = (flag: string): string[] =>
  process.argv.flatMap((word, index) => (word === flag ? (process.argv[index + 1] ?? []) : []));

const isWanted = ({ name }: Installed): boolean => given('--only').length === 0 || given('--only').includes(name);

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Why nothing can be shown here; undefined where it can. */
const lacking = (): string | undefined =>
  process.env.KUBECONFIG && answers('kubectl', 'get', '--raw', '/readyz') ? withoutHelm : 'no API server';

const play = async (checks: Checks, undoing: Undoing): Promise<void> => {
  const letDie = await keepNodesAlive();
  undoing.add(async () => letDie());
  for (const installed of WITHOUT_OPERATORS.filter(isWanted)) await playInstallation(checks, undoing, installed);
  const operators = await defineOperators(given('--crds'));
  undoing.add(operators.forget);
  for (const installed of WITH_OPERATORS.filter(isWanted))
    if (operators.lacking.length === 0) await playInstallation(checks, undoing, installed);
    else checks.skip(installed.name, `nobody defined ${operators.lacking.join(', ')} (--crds FOLDER)`);
};

const run = async (): Promise<number> => {
  const why = lacking();
  if (why) {
    say(`skipped: ${why}\n0 passed, 0 failed, 1 skipped`);
    return 0;
  }
  const [checks, undoing] = [new Checks(say), new Undoing()];
  const interrupted = (): void => {
    say('interrupted: taking away what was made');
    void undoing.all(say).finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    await play(checks, undoing);
  } finally {
    await undoing.all(say);
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
