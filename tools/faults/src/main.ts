import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { Fault } from '#libs/model';
import { SERVICES, type ServiceName } from '#libs/terms';
import { countFrom, fromCaller, print, printJson, runProgram, say, table } from '../../../cli/src/terminal/index.js';
import { isFaultKind, KINDS, type FaultKind, type PlannedFault } from './plan/kinds.js';
import { placeOf, planOf } from './plan/plan.js';
import { TENANTS } from './load/telemetry.js';
import { replicasOf } from './place/open.js';
import { runFaults, type FaultsRun } from './run.js';

interface FaultsFlags {
  seed: number;
  events: number;
  faults: number;
  replicas: number;
  replicated: ServiceName[];
  growTo: number;
  partitions?: number;
  tenants: number;
  rate: number;
  bad: number;
  needles?: number;
  kinds: FaultKind[];
  drain: number;
  dir?: string;
  keep: boolean;
  plan: boolean;
  json: boolean;
}

const REPLICATED: ServiceName[] = ['collection', 'enrichment', 'detection', 'hunting', 'cases', 'response'];
/** Of needles, unless said: so many events for each, and so many needles at most. */
const EVENTS_A_NEEDLE = 100;
const MOST_NEEDLES = 400;

const listOf =
  <T extends string>(what: string, isOne: (name: string) => name is T) =>
  (text: string): T[] => {
    const names = text.split(',').filter(Boolean);
    const wrong = names.filter((name) => !isOne(name));
    if (wrong.length > 0) throw new InvalidArgumentError(`There is no ${what} ${wrong.join(', ')}.`);
    return names.filter(isOne);
  };
const isService = (name: string): name is ServiceName => SERVICES.some((one) => one === name);

const planText = (plan: readonly PlannedFault[]): string =>
  table(
    ['fault', 'kind', '', 'at', 'seconds'],
    plan.map((fault) => [fault.number, fault.kind, fault.what ?? '', placeOf(fault), fault.seconds]),
  );

/** Of a service; a partition each. */
const mostReplicas = (plan: readonly PlannedFault[], { replicas, growTo }: FaultsFlags): number[] => [
  replicas,
  ...(plan.some(({ kind }) => kind === 'grow') ? [growTo] : []),
];

const verdictOf = ({ checks }: FaultsRun): number => checks.reduce((sum, { failed }) => sum + failed, 0);

const report = (run: FaultsRun): string => {
  const rows = run.checks.map(({ name, of, failed, said }) => [name, of, failed, said ?? '']);
  const failures = run.checks.flatMap(({ failures: some }) => some);
  const { drained, ended, seconds, faults } = run;
  return [
    table(['check', 'of', 'failed', ''], rows),
    ...failures,
    `seed ${run.seed}: ${run.events} events, ${faults.filter(({ skipped }) => !skipped).length} faults, ${seconds} s; quiet ${drained.seconds} s after the last, ${drained.released} parked let go, ${ended.length} services ended by themselves and were started again`,
    ...(drained.unquiet ? [drained.unquiet] : []),
  ].join('\n');
};

/** Of a run that failed what tells why is kept: logs, plan and findings; of one that did not, nothing unless wanted. */
const tidy = (dir: string, run: FaultsRun | undefined, keep: boolean): void => {
  if (run && verdictOf(run) === 0 && !keep) return rmSync(dir, { recursive: true, force: true });
  if (run) writeFileSync(join(dir, 'run.json'), `${JSON.stringify(run, null, 2)}\n`);
  if (!keep) {
    for (const name of ['lake', 'compiled-rules', 'reports', 'stack/kafka', 'stack/store'])
      rmSync(join(dir, name), { recursive: true, force: true });
  }
  say(`logs, plan and findings: ${dir}`);
};

const act = async (flags: FaultsFlags): Promise<void> => {
  const { seed, events, faults, kinds, growTo, json, keep } = flags;
  const all = replicasOf(flags.replicas, flags.replicated);
  const at = all.filter(({ service }) => flags.replicated.includes(service));
  const plan = planOf({ seed, faults, replicas: at, kinds, growTo });
  if (flags.plan) return json ? printJson(plan) : print(planText(plan));
  say(planText(plan));
  const dir = flags.dir === undefined ? resolve('.stack/faults', `seed-${seed}`) : fromCaller(flags.dir);
  let run: FaultsRun | undefined;
  try {
    run = await runFaults({
      ...{ dir, seed, events, plan, say, replicas: all, perSecond: flags.rate, bad: flags.bad / 100 },
      partitions: flags.partitions ?? Math.max(2, ...mostReplicas(plan, flags)),
      tenants: TENANTS.slice(0, flags.tenants),
      smallDisks: plan.some(({ kind }) => kind === 'disk'),
      needleEvery: flags.needles ?? Math.max(EVENTS_A_NEEDLE, Math.ceil(events / MOST_NEEDLES)),
      drainMs: flags.drain * 1_000,
    });
  } finally {
    tidy(dir, run, keep);
  }
  if (json) printJson(run);
  else print(report(run));
  if (verdictOf(run) > 0) throw new Fault(`${verdictOf(run)} failures; again with --seed ${seed}`);
};

const KINDS_TEXT = Object.entries(KINDS)
  .map(([name, does]) => `  ${name.padEnd(12)}  ${does}`)
  .join('\n');

/** npm run faults: an installation under load, with replicas, is disturbed by the plan of a seed; an oracle counts. */
export const run = (argv: string[]): Promise<void> => {
  const kinds = Object.keys(KINDS) as FaultKind[];
  const faults = new Command('faults')
    .description(
      'bring up an installation with replicas, send it a load, let things go wrong as a seed plans, wait until nothing is left to do, and count what is lost, doubled, reordered or stuck. Ends with 1 when anything is',
    )
    .option('--seed <n>', 'of the plan and the load; the same again for the same', countFrom(1), 1)
    .option('--events <n>', 'lines sent in all', countFrom(1), 3_000)
    .option('--faults <n>', 'things that go wrong; 0 for none', countFrom(0), 5)
    .option('--replicas <n>', 'processes of each service that is replicated', countFrom(1), 3)
    .option('--replicated <names>', 'those services, by commas', listOf('service', isService), REPLICATED)
    .option('--grow-to <n>', 'processes of a service that grows', countFrom(2), 6)
    .option('--partitions <n>', 'of each topic; as many as replicas get, and 2 at least, unless said', countFrom(1))
    .option('--tenants <n>', `1 to ${TENANTS.length}`, countFrom(1), 3)
    .option('--rate <n>', 'lines a second at most', countFrom(1), 300)
    .option('--bad <percent>', 'of lines that nobody can read', Number, 1)
    .option('--needles <n>', 'every so many-th line fires a rule; at most 400 in all, unless said', countFrom(2))
    .option('--kinds <names>', 'only these, by commas', listOf('kind', isFaultKind), kinds)
    .option('--drain <seconds>', 'how long it may take until nothing is left to do', countFrom(1), 300)
    .option('--dir <folder>', 'of the installation; .stack/faults/seed-N unless said')
    .option('--keep', 'keep the folder, with all data, however it ends', false)
    .option('--plan', 'print what would go wrong, and do nothing', false)
    .option('--json', 'print as JSON', false)
    .addHelpText('after', `\nKinds:\n${KINDS_TEXT}`)
    .showHelpAfterError()
    .exitOverride()
    .action(act);
  return runProgram(faults, argv);
};
