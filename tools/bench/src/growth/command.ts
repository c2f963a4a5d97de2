import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { countFrom, fromCaller, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';
import { takeEvents } from '../take-events.js';
import { findPack } from '../truth/pack.js';
import { sampleOfRecordings } from './events.js';
import type { Point } from './measures.js';
import { plotGrowth, type Curves } from './plot.js';

type GrowthFlags = {
  rules?: string;
  events?: string;
  data?: string;
  limit: number;
  runs: number;
  plot?: string;
  json: boolean;
};

const PROGRAM = 'dist/tools/bench/src/growth/growth-run.js';
const SIZES: Record<keyof Curves, readonly number[]> = {
  rules: [100, 300, 1_000, 3_000, 10_000],
  tenants: [1, 10, 100, 1_000],
  ownRules: [1, 10, 100, 1_000],
  keys: [1_000, 10_000, 100_000, 1_000_000],
};

const rounded = (point: Point): Point =>
  Object.fromEntries(Object.entries(point).map(([name, value]) => [name, round(value)])) as Point;

/** Every point in processes of its own; of several runs the one that took least CPU. */
const curve = async (name: keyof Curves, { runs }: GrowthFlags, rules: string, events: string): Promise<Point[]> => {
  const points: Point[] = [];
  for (const size of SIZES[name]) {
    say(`${name}: ${size}`);
    const tried: Point[] = [];
    for (let nth = 0; nth < runs; nth++)
      tried.push(await runProgram<Point>(PROGRAM, [name, String(size), rules, events]));
    points.push(rounded(tried.reduce((least, one) => (one.cpuMicros < least.cpuMicros ? one : least))));
  }
  return points;
};

const measure = async (flags: GrowthFlags, dir: string): Promise<Curves & { events: number; load: number[] }> => {
  const events = join(dir, 'events.jsonl');
  const count = flags.events
    ? await takeEvents(fromCaller(flags.events), events, flags.limit)
    : await sampleOfRecordings(findPack(flags.data), events, flags.limit);
  const rules = flags.rules ? fromCaller(flags.rules) : join(findPack(flags.data), 'sigma', 'sigma-rules.tar.gz');
  const load = loadavg().map((one) => round(one, 1));
  const of = (name: keyof Curves): Promise<Point[]> => curve(name, flags, rules, events);
  return {
    rules: await of('rules'),
    tenants: await of('tenants'),
    ownRules: await of('ownRules'),
    keys: await of('keys'),
    events: count,
    load,
  };
};

const runGrowth = async (flags: GrowthFlags): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-growth-'));
  try {
    const found = await measure(flags, dir);
    if (flags.plot) writeFileSync(fromCaller(flags.plot), plotGrowth(found));
    if (flags.json) return printJson(found);
    for (const name of Object.keys(SIZES) as (keyof Curves)[]) {
      const more = Object.keys(found[name][0] ?? {}).filter((key) => !['size', 'cpuMicros'].includes(key));
      print(
        table(
          [name, name === 'keys' ? 'µs a match' : 'µs an event', ...more],
          found[name].map((point) => [point.size, point.cpuMicros, ...more.map((key) => point[key] ?? null)]),
        ),
      );
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** bench growth */
export const addGrowth = (bench: Command): void => {
  bench
    .command('growth')
    .description(
      'CPU an event by the number of rules (100 to 10,000) and of tenants with exceptions or rules of their own (1 to 1,000); CPU a match by the number of correlation keys (1k to 1M)',
    )
    .option(
      '--events <file>',
      'Windows events, one JSON object a line; without it, a sample of the labelled recordings',
    )
    .option('--rules <path>', 'a folder, a file or a .tar.gz of rules; without it, those of the labelled recordings')
    .option('--data <folder>', 'the folder of labelled recordings; without it, ../shared/data beside the checkout')
    .option('--limit <n>', 'so many events, evenly spread', countFrom(1), 20_000)
    .option('--runs <n>', 'how often each point is measured; the least counts', countFrom(1), 2)
    .option('--plot <file>', 'write the curves as SVG')
    .option('--json', 'print as JSON', false)
    .action(runGrowth);
};
