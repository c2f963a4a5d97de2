import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { Command } from 'commander';
import { countFrom, fromCaller, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { plotPanels } from '../growth/plot.js';
import { runProgram } from '../runs.js';
import type { OpenedStream } from './opening.js';
import type { StatePoint } from './states.js';

type StreamsFlags = { runs: number; plot?: string; json: boolean };

const PROGRAM = 'dist/tools/bench/src/streams/streams-run.js';
const SIZES = {
  placing: [1, 10, 100, 1_000, 10_000, 100_000],
  indicators: [1_000, 10_000, 100_000, 1_000_000],
};
const FACTS = [10, 100, 1_000, 10_000];

type StreamFigures = { load: number; placing: StatePoint[]; indicators: StatePoint[]; opening: OpenedStream[] };

/** Every point in processes of its own; of several runs the one that took least CPU. */
const curve = async (name: keyof typeof SIZES, runs: number): Promise<StatePoint[]> => {
  const points: StatePoint[] = [];
  for (const size of SIZES[name]) {
    say(`${name}: ${size}`);
    const tried: StatePoint[] = [];
    for (let nth = 0; nth < runs; nth += 1) tried.push(await runProgram(PROGRAM, [name, String(size)]));
    points.push(tried.reduce((least, one) => (one.cpuMicros < least.cpuMicros ? one : least)));
  }
  return points;
};

const plotted = ({ placing, indicators, opening }: StreamFigures): string => {
  const of = (points: readonly StatePoint[]): [number, number][] =>
    points.map(({ size, cpuMicros }) => [size, round(cpuMicros, 1)]);
  const opened = (subject: string, how: 'foldedMs' | 'snapshotMs'): [number, number][] =>
    opening.filter((one) => one.subject === subject).map((one) => [one.facts, round(one[how], 1)]);
  return plotPanels([
    { title: 'µs of CPU a finding placed, by open cases', color: '#1f6feb', points: of(placing) },
    { title: 'µs of CPU an indicator folded, by indicators', color: '#1a7f37', points: of(indicators) },
    { title: 'ms to open a case by its facts', color: '#bc4c00', points: opened('case', 'foldedMs') },
    { title: 'ms to open a case from a snapshot', color: '#9a6700', points: opened('case', 'snapshotMs') },
    { title: 'ms to open clustering from a snapshot', color: '#8250df', points: opened('clustering', 'snapshotMs') },
  ]);
};

const runStreams = async ({ runs, plot, json }: StreamsFlags): Promise<void> => {
  const load = round(loadavg()[0] ?? 0, 1);
  const [placing, indicators] = [await curve('placing', runs), await curve('indicators', runs)];
  say('opening');
  const opening = await runProgram<OpenedStream[]>(PROGRAM, ['opening', FACTS.join(), String(runs)]);
  const found: StreamFigures = { load, placing, indicators, opening };
  if (plot) writeFileSync(fromCaller(plot), plotted(found));
  if (json) return printJson(found);
  const rows = (points: readonly StatePoint[]) =>
    points.map(({ size, cpuMicros, kept, kiB }) => [size, round(cpuMicros), kept, kiB]);
  print(table(['open cases', 'µs a finding placed', 'of which attract', 'KiB packed'], rows(placing)));
  print(table(['indicators', 'µs an indicator folded', 'known', 'KiB packed'], rows(indicators)));
  print(
    table(
      ['stream', 'facts', 'ms to open by its facts', 'from a snapshot', 'of which CPU', 'behind 190 facts'],
      opening.map(({ subject, facts, foldedMs, snapshotMs, snapshotCpuMs, behindMs }) => [
        ...[subject, facts, round(foldedMs, 1), round(snapshotMs, 1), round(snapshotCpuMs, 1), round(behindMs, 1)],
      ]),
    ),
  );
  print(`load at the beginning: ${load}`);
};

/** bench streams */
export const addStreams = (bench: Command): void => {
  bench
    .command('streams')
    .description(
      'what long lives cost: placing a finding beside 1 to 100,000 open cases, folding 1k to 1M indicators, and opening streams of up to 10,000 facts in a store of its own, from a snapshot and without',
    )
    .option('--runs <n>', 'how often each point is measured', countFrom(1), 3)
    .option('--plot <file>', 'write the curves as SVG')
    .option('--json', 'print as JSON', false)
    .action(runStreams);
};
