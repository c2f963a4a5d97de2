import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { countFrom, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { defaults } from '../../../../services/detection/src/config.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';
import { sharesOf, type KeptRun } from './shares.js';

type KeptFlags = { events: number; pairs: number; json: boolean };

const PROGRAM = 'dist/tools/bench/src/kept/kept-run.js';
/** New findings of a rule within an hour: more than any run has, and as the service comes. */
const BOUNDS = { 'none given up': 1_000_000, 'as it comes': defaults.FINDINGS_PER_RULE };

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const runKept = async ({ events, pairs, json }: KeptFlags): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  const found: Record<string, ReturnType<typeof sharesOf>> = {};
  for (const [bound, most] of Object.entries(BOUNDS)) {
    say(`${events} events, ${pairs} pairs of runs; findings: ${bound}`);
    found[bound] = sharesOf(await runProgram<KeptRun[]>(PROGRAM, [events, pairs, most].map(String)));
  }
  if (json) return printJson({ events, pairs, load, bounds: found });
  print(
    table(
      ['findings', 'of', 'CPU ms without', 'keeping', 'speed by CPU', 'until published', 'until kept'],
      Object.entries(found).map(([bound, { findings, without, keeping, speedKept }]) => [
        bound,
        findings,
        without.cpuMs,
        keeping.cpuMs,
        percent(speedKept.byCpu),
        percent(speedKept.untilPublished),
        percent(speedKept.untilKept),
      ]),
    ),
  );
  print(`load at the beginning: ${load}`);
};

/** bench kept */
export const addKept = (bench: Command): void => {
  bench
    .command('kept')
    .description(
      'speed that detection keeps when its findings are kept: a rule that matches everything, with the pipe that keeps and without, in turn',
    )
    .option('--events <n>', 'events of a run, each of a host of its own', countFrom(1), 12_000)
    .option('--pairs <n>', 'pairs of runs that count, after one that warms up', countFrom(1), 5)
    .option('--json', 'print as JSON', false)
    .action(runKept);
};
