import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '#libs/model';
import { countFrom, fromCaller, print, printJson, say, table } from '../../../../cli/src/terminal/index.js';
import { round } from '../figures.js';
import { runProgram } from '../runs.js';

/** How long a question took, each time, by the clock and of CPU. */
export type AskedTimes = { name: string; ms: number[]; cpuMs: number[]; rows: number; scanned: number };
/** What hunts-run.ts measured. */
export type HuntsRun = {
  events: number;
  written: { files: number; bytes: number };
  compacted: { files: number; bytes: number };
  cpuMs: { write: number; compact: number };
  columns: AskedTimes[];
  texts: AskedTimes[];
  rssMb: number;
};
type HuntsFlags = { of: string; events: number; rounds: number; into: string; json: boolean };

const PROGRAM = 'dist/tools/bench/src/hunts/hunts-run.js';
/** More than an event takes in the lake, written and compacted at once. */
const BYTES_AN_EVENT = 1_024;

const quantile = (ms: readonly number[], share: number): number => {
  const sorted = [...ms].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0, 0);
};
const timesOf = (ms: readonly number[]) => ({ p50Ms: quantile(ms, 0.5), p95Ms: quantile(ms, 0.95) });

/** CPU an event, sizes, and how long questions took: of all together, and each by itself. */
export const huntsFigures = ({ events, written, compacted, cpuMs, columns, texts, rssMb }: HuntsRun) => ({
  events,
  cpuMicrosPerEvent: { write: round((cpuMs.write * 1_000) / events), compact: round((cpuMs.compact * 1_000) / events) },
  files: { written: written.files, compacted: compacted.files },
  bytesPerEvent: { written: round(written.bytes / events, 0), compacted: round(compacted.bytes / events, 0) },
  hunts: timesOf(columns.flatMap(({ ms }) => ms)),
  huntsCpu: timesOf(columns.flatMap(({ cpuMs: ms }) => ms)),
  each: [...columns, ...texts].map(({ ms, cpuMs: cpu, ...one }) => ({
    ...one,
    ...timesOf(ms),
    cpuMs: timesOf(cpu).p50Ms,
  })),
  rssMb,
});

const hasRoom = (folder: string, events: number): boolean => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize > events * BYTES_AN_EVENT;
};

const runHunts = async ({ of, events, rounds, into, json }: HuntsFlags): Promise<void> => {
  const folder = mkdtempSync(join(into, 'vigie-hunts-'));
  try {
    if (!hasRoom(folder, events)) throw new Refused(`${into} has no room for ${events} events`, 'NO_ROOM');
    say(`${events} events, ${rounds} rounds of questions; load ${round(loadavg()[0] ?? 0, 1)}`);
    const found = huntsFigures(
      await runProgram<HuntsRun>(PROGRAM, [fromCaller(of), String(events), String(rounds), folder]),
    );
    if (json) return printJson(found);
    const { cpuMicrosPerEvent: cpu, bytesPerEvent, files, hunts, huntsCpu } = found;
    print(
      table(
        ['question', 'p50 ms', 'p95 ms', 'CPU ms', 'rows', 'scanned'],
        found.each.map((one) => [one.name, one.p50Ms, one.p95Ms, one.cpuMs, one.rows, one.scanned]),
      ),
    );
    print(
      `hunts by columns: p50 ${hunts.p50Ms} ms, p95 ${hunts.p95Ms} ms; of CPU ${huntsCpu.p50Ms} and ${huntsCpu.p95Ms} ms`,
    );
    print(
      `CPU an event: ${cpu.write} µs from record to file, ${cpu.compact} µs to compact; ${bytesPerEvent.compacted} bytes in the lake; ${files.written} files, then ${files.compacted}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** bench hunts */
export const addHunts = (bench: Command): void => {
  bench
    .command('hunts')
    .description('how long questions to a lake of so many events take, and what it costs to write and compact them')
    .requiredOption('--of <file>', 'events of Windows, one JSON object a line; told again and again')
    .option('--events <n>', 'so many events, spread over a day', countFrom(1), 1_000_000)
    .option('--rounds <n>', 'how often each question is put', countFrom(1), 10)
    .option('--into <folder>', 'where the lake is made, and taken away again', tmpdir())
    .option('--json', 'print as JSON', false)
    .action(runHunts);
};
