import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { ensureTopics, topicSpecs } from '#libs/events';
import { startStack } from '#stack';
import { adminBroker } from '../../../../cli/src/index.js';
import { countFrom, fromCaller, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';
import type { LongLife } from './life.js';
import type { LivesTask } from './lives-run.js';
import type { RebuildMeasured } from './rebuilt.js';
import type { ReportMeasured } from './reports.js';

type LivesFlags = {
  findings: number;
  cases: number;
  days: number;
  facts: number;
  pages?: string;
  json: boolean;
};

const PROGRAM = 'dist/tools/bench/src/lives/lives-run.js';
const TO = Date.UTC(2026, 10, 30);

interface LivesFigures {
  load: number;
  weekly: ReportMeasured;
  monthly: ReportMeasured;
  rebuild: RebuildMeasured | null;
}

const measure = async ({ findings, cases, days, facts, pages }: LivesFlags): Promise<LivesFigures> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-lives-'));
  const stack = await startStack({ dir });
  const life: LongLife = { tenant: 'acme', findings, cases, days, to: TO };
  const into = pages === undefined ? dir : fromCaller(pages);
  const run = <T>(task: Partial<LivesTask>): Promise<T> =>
    runProgram<T>(PROGRAM, [JSON.stringify({ dir, life, into, ...task })]);
  try {
    say(`${findings} findings in ${cases} cases of ${days} days`);
    await run({ what: 'live' });
    const load = round(loadavg()[0] ?? 0, 1);
    const weekly = await run<ReportMeasured>({ what: 'report', kind: 'WEEKLY' });
    const monthly = await run<ReportMeasured>({ what: 'report', kind: 'MONTHLY' });
    if (facts === 0) return { load, weekly, monthly, rebuild: null };
    say(`${facts} facts`);
    const broker = adminBroker(stack);
    await ensureTopics(broker, topicSpecs({ partitions: 2 })).finally(() => broker.close());
    await run({ what: 'keep', life: { ...life, findings: facts } });
    return { load, weekly, monthly, rebuild: await run<RebuildMeasured>({ what: 'rebuild' }) };
  } finally {
    await stack.stop();
    rmSync(dir, { recursive: true, force: true });
  }
};

const runLives = async (flags: LivesFlags): Promise<void> => {
  const found = await measure(flags);
  if (flags.json) return printJson(found);
  const row = (name: string, { ms, cpuMs, rssMb, ...rest }: Partial<ReportMeasured> & RebuildMeasured) => [
    ...[name, round(ms), round(cpuMs), round(rssMb)],
    ...[rest.stallMs, rest.figuresKb, rest.pdfKb].map((one) => (one === undefined ? null : round(one))),
  ];
  print(
    table(
      ['what', 'ms', 'CPU ms', 'MB at most', 'longest stall ms', 'figures KiB', 'pages KiB'],
      [
        row('weekly report', found.weekly),
        row('monthly report', found.monthly),
        ...(found.rebuild ? [row('every view rebuilt', found.rebuild)] : []),
      ],
    ),
  );
  print(`load at the beginning: ${found.load}`);
};

/** bench lives */
export const addLives = (bench: Command): void => {
  bench
    .command('lives')
    .description(
      'what a long life of a tenant costs its reports, and the rebuilding of all views, in a store of its own',
    )
    .option('--findings <n>', 'in its life', countFrom(1), 50_000)
    .option('--cases <n>', 'that they lie in', countFrom(1), 10_000)
    .option('--days <n>', 'that it lasts, to the end of the reports', countFrom(1), 365)
    .option('--facts <n>', 'findings that the views are rebuilt from; 0 for no rebuild', countFrom(0), 200_000)
    .option('--pages <folder>', 'where the reports are left to look at')
    .option('--json', 'print as JSON', false)
    .action(runLives);
};
