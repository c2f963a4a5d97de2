/**
 * One cold run of libs/sigma: `node dist/tools/bench/src/sigma-run.js RULES EVENTS ROUNDS SOURCE THREADS PARSE [PAIRS]`. Reads the lines
 * into memory, loads the rules, matches every one ROUNDS times, and prints its figures as JSON; `line<TAB>rule` of the first round go to PAIRS.
 * With PARSE each event is also parsed as a whole. With two THREADS each loads the rules and takes every other line.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { compile, type RuleSet, type SourceKind } from '#libs/sigma';
import { readRules } from '../../vigie/src/rule-files.js';
import type { Figures } from './figures.js';

type Task = { rules: string; events: string; rounds: number; source: SourceKind; threads: number; parse: boolean; share: number };

const decoder = new TextDecoder();

const linesFor = ({ events, threads, share }: Task): Uint8Array[] => {
  const bytes = readFileSync(events);
  const lines: Uint8Array[] = [];
  for (let start = 0, number = 0; start < bytes.length; number++) {
    const end = bytes.indexOf(10, start);
    const stop = end < 0 ? bytes.length : end;
    if (stop > start && number % threads === share) lines.push(bytes.subarray(start, stop));
    start = stop + 1;
  }
  return lines;
};

const matchAll = (set: RuleSet, lines: readonly Uint8Array[], { rounds, source, parse }: Task, found: string[]): number => {
  let matches = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [number, native] of lines.entries()) {
      if (parse) JSON.parse(decoder.decode(native));
      const ids = set.match({ logsource: source, native });
      matches += ids.length;
      if (round === 0) found.push(...ids.map((id) => `${number}\t${id}`));
    }
  }
  return matches / rounds;
};

/** Lines that between them have every kind of event: rules are indexed by kind when its first event comes, which belongs to loading. */
const oneOfEachKind = (lines: readonly Uint8Array[]): Uint8Array[] => {
  const kinds = new Map<string, Uint8Array>();
  for (const line of lines) {
    const { Channel, EventID, EventType } = JSON.parse(decoder.decode(line)) as Record<string, unknown>;
    kinds.set(JSON.stringify([Channel, EventID, EventType]), line);
  }
  return [...kinds.values()];
};

const load = (task: Task): { set: RuleSet; lines: Uint8Array[]; loadMs: number } => {
  const lines = linesFor(task);
  const first = oneOfEachKind(lines);
  const began = performance.now();
  const set = compile(readRules(task.rules));
  for (const native of first) set.match({ logsource: task.source, native });
  return { set, loadMs: Math.round(performance.now() - began), lines };
};

const runAlone = (task: Task, pairs: string | undefined): Figures => {
  const { set, lines, loadMs } = load(task);
  const found: string[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const matches = matchAll(set, lines, task, found);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  if (pairs) writeFileSync(pairs, found.map((line) => `${line}\n`).join(''));
  return { events: lines.length * task.rounds, seconds, cpuSeconds: (user + system) / 1e6, matches, loadMs, rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) };
};

/** A worker says when it is loaded, starts when told, and says when it is done. */
const serve = (task: Task): void => {
  const { set, lines, loadMs } = load(task);
  parentPort?.once('message', () => parentPort?.postMessage({ matches: matchAll(set, lines, task, []), events: lines.length * task.rounds, loadMs }));
  parentPort?.postMessage('loaded');
};

type Answer = { matches: number; events: number; loadMs: number };

const runTogether = async (task: Task): Promise<Figures> => {
  const workers = [...Array(task.threads).keys()].map((share) => new Worker(process.argv[1] ?? '', { workerData: { ...task, share } }));
  const next = <T>(worker: Worker): Promise<T> => new Promise((resolve, reject) => void worker.once('message', resolve).once('error', reject));
  await Promise.all(workers.map((worker) => next(worker)));
  const cpu = process.cpuUsage();
  const began = performance.now();
  const answers = workers.map((worker) => next<Answer>(worker));
  for (const worker of workers) worker.postMessage('start');
  const all = await Promise.all(answers);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const sum = (of: (answer: Answer) => number): number => all.reduce((total, answer) => total + of(answer), 0);
  return { events: sum(({ events }) => events), seconds, cpuSeconds: (user + system) / 1e6, matches: sum(({ matches }) => matches), loadMs: Math.max(...all.map(({ loadMs }) => loadMs)), rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20) };
};

const main = async (): Promise<void> => {
  const [rules = '', events = '', rounds, source, threads, parse, pairs] = process.argv.slice(2);
  const task: Task = { rules, events, rounds: Number(rounds), source: source as SourceKind, threads: Number(threads), parse: parse === 'parse', share: 0 };
  const figures = task.threads === 1 ? runAlone(task, pairs) : await runTogether(task);
  process.stdout.write(`${JSON.stringify(figures)}\n`);
  if (task.threads > 1) process.exit();
};

if (isMainThread) void main();
else serve(workerData as Task);
