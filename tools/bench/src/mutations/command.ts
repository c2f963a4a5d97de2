import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { countFrom, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';
import { packPath } from '../truth/pack.js';
import { WORST_MS, type MutationFindings, type WorstLine } from './mutations.js';
import { PARSERS } from './parsers.js';

type MutationFlags = {
  lines: number;
  seed: number;
  parser?: string[];
  worst: boolean;
  resume?: string;
  json: boolean;
};

type ParserFindings = MutationFindings & { seed: number; worst: WorstLine[] };

const PROGRAM = 'dist/tools/bench/src/mutations/mutations-run.js';
const WORST_PROGRAM = 'dist/tools/bench/src/mutations/worst-run.js';
/** More than this on the heap is growth; each parser keeps some thousand names and logsources at most. */
const MOST_GROWTH_BYTES = 8 * 1024 * 1024;

/** What earlier runs kept in a file, one parser a line. */
const keptIn = (file: string | undefined): ParserFindings[] =>
  (file && existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [])
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ParserFindings);

const growthOf = ({ heap }: MutationFindings): number => (heap ? heap.most - heap.first : 0);

const isWell = (one: ParserFindings): boolean =>
  one.wrong.length === 0 && one.slow.length === 0 && growthOf(one) <= MOST_GROWTH_BYTES && one.worst.length === 0;

const tell = (found: readonly ParserFindings[]): void => {
  print(
    table(
      ['parser', 'lines', 'events', 'with a class', 'dead', 'MB', 's', 'wrong', 'slow', 'growth MB', 'worst over'],
      found.map((one) => [
        ...[
          one.parser,
          one.lines,
          one.events,
          one.classed,
          one.rejected,
          Math.round(one.bytes / 1e6),
          round(one.seconds, 0),
        ],
        ...[one.wrong.length, one.slow.length, round(growthOf(one) / 1e6, 1), one.worst.length],
      ]),
    ),
  );
  for (const { parser, wrong, slow, worst } of found) {
    for (const { what, count, line } of wrong) print(`wrong  ${parser}: ${what} (${count} lines, such as ${line})`);
    for (const { ms, bytes, line } of slow) print(`slow   ${parser}: ${round(ms, 1)} ms, ${bytes} bytes: ${line}`);
    for (const { name, ms } of worst.slice(0, 10))
      print(`worst  ${parser}: ${round(ms, 0)} ms for 1 MiB of ${JSON.stringify(name)}`);
  }
};

const runMutations = async ({ lines, seed, parser: names, worst, resume, json }: MutationFlags): Promise<void> => {
  const chosen = PARSERS.filter(({ name }) => names === undefined || names.includes(name));
  const kept = keptIn(resume);
  const found: ParserFindings[] = [];
  for (const { name } of chosen) {
    const before = kept.find((one) => one.parser === name && one.lines === lines && one.seed === seed);
    if (before) {
      found.push(before);
      continue;
    }
    say(`${name}: ${lines} lines${worst ? ', and the worst by construction' : ''}`);
    const mutations = await runProgram<MutationFindings>(PROGRAM, [
      name,
      String(lines),
      String(seed),
      packPath() ?? '',
    ]);
    const now = { ...mutations, seed, worst: worst ? await runProgram<WorstLine[]>(WORST_PROGRAM, [name]) : [] };
    found.push(now);
    if (resume) appendFileSync(resume, `${JSON.stringify(now)}\n`);
  }
  process.exitCode = found.every(isWell) ? 0 : 1;
  if (json) return printJson({ seed, worstMs: WORST_MS, parsers: found });
  tell(found);
};

/** bench mutations */
export const addMutations = (bench: Command): void => {
  bench
    .command('mutations')
    .description(
      'mutated lines through every parser, and the worst lines by construction: what crashes, takes long or grows; ends with 1 for any',
    )
    .option('--lines <n>', 'mutated lines of each parser', countFrom(1), 1_000_000)
    .option('--seed <n>', 'the same seed makes the same lines', countFrom(0), 1)
    .option('--parser <name...>', `some of them: ${PARSERS.map(({ name }) => name).join(', ')}`)
    .option('--no-worst', 'without the worst lines by construction, 1 MiB each')
    .option('--resume <file>', 'keep what was found of each parser there, and take from there what it has already')
    .option('--json', 'print as JSON', false)
    .action(runMutations);
};
