/**
 * One cold run of libs/sigma: `node dist/tools/bench/src/sigma-run.js TASK`, a task as JSON. Reads the lines into
 * memory, loads the rules, matches every one so many times, and prints its figures as JSON; `line<TAB>rule` of the
 * first round go to `pairs`. With `parse` each event is also parsed as a whole. Of several threads each has rules of
 * its own and its share of the lines. With `cache` rules come from that folder.
 */
import { isAscii } from 'node:buffer';
import { readFileSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { compileCached } from '#libs/rules/loading';
import { compile, type RuleSet } from '#libs/sigma';
import { readRules } from '#libs/rules/loading';
import type { RunFigures } from './figures.js';
import type { SigmaTask } from './runs.js';
import { linesIn, sharesOf } from './shares.js';

const decoder = new TextDecoder();

/** The quickest way to a text: most lines are ASCII. */
const textOf = (native: Uint8Array): string =>
  isAscii(native)
    ? Buffer.from(native.buffer, native.byteOffset, native.byteLength).toString('latin1')
    : decoder.decode(native);

const matchAll = (
  set: RuleSet,
  lines: readonly Uint8Array[],
  { rounds, source, parse }: SigmaTask,
  found: string[],
): number => {
  let matches = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [number, native] of lines.entries()) {
      if (parse) JSON.parse(textOf(native));
      const ids = set.match({ logsource: source, native });
      matches += ids.length;
      if (round === 0) found.push(...ids.map((id) => `${number}\t${id}`));
    }
  }
  return matches / rounds;
};

/**
 * Lines that between them have every kind of event: rules are indexed by kind when its first event comes, which belongs
 * to loading.
 */
const oneOfEachKind = (lines: readonly Uint8Array[]): Uint8Array[] => {
  const kinds = new Map<string, Uint8Array>();
  for (const line of lines) {
    const { Channel, EventID, EventType } = JSON.parse(decoder.decode(line)) as Record<string, unknown>;
    kinds.set(JSON.stringify([Channel, EventID, EventType]), line);
  }
  return [...kinds.values()];
};

const load = (
  { rules, cache, source }: SigmaTask,
  lines: readonly Uint8Array[],
): { set: RuleSet; loadMs: number; loadCpuMs: number } => {
  const first = oneOfEachKind(lines);
  const sources = readRules(rules);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const set = cache === undefined ? compile(sources) : compileCached(cache, sources).ruleSet;
  for (const native of first) set.match({ logsource: source, native });
  const { user, system } = process.cpuUsage(cpu);
  return { set, loadMs: Math.round(performance.now() - began), loadCpuMs: Math.round((user + system) / 1_000) };
};

/** What is measured between two moments. `eventBytes` are no part of the engine. */
const stopwatch = (): ((
  threads: number,
  eventBytes: number,
) => Pick<RunFigures, 'seconds' | 'cpuSeconds' | 'rssMb' | 'workerMb'>) => {
  const cpu = process.cpuUsage();
  const began = performance.now();
  return (threads, eventBytes) => {
    const seconds = (performance.now() - began) / 1_000;
    const { user, system } = process.cpuUsage(cpu);
    const rss = process.memoryUsage.rss();
    return {
      seconds,
      cpuSeconds: (user + system) / 1e6,
      rssMb: Math.round(rss / 2 ** 20),
      workerMb: Math.round((rss - eventBytes) / threads / 2 ** 20),
    };
  };
};

const runAlone = (task: SigmaTask): RunFigures => {
  const bytes = readFileSync(task.events);
  const lines = linesIn(bytes);
  const { set, ...loaded } = load(task, lines);
  const found: string[] = [];
  const stop = stopwatch();
  const matches = matchAll(set, lines, task, found);
  const measured = stop(1, bytes.length);
  if (task.pairs) writeFileSync(task.pairs, found.map((line) => `${line}\n`).join(''));
  return { events: lines.length * task.rounds, matches, ...loaded, ...measured };
};

type WorkerFigures = Pick<RunFigures, 'events' | 'matches' | 'loadMs'>;

/** A worker says when it is loaded, starts when told, and says when it is done. */
const serve = (task: SigmaTask, bytes: Uint8Array): void => {
  const lines = linesIn(bytes);
  const { set, loadMs } = load(task, lines);
  parentPort?.once('message', () =>
    parentPort?.postMessage({
      matches: matchAll(set, lines, task, []),
      events: lines.length * task.rounds,
      loadMs,
    } satisfies WorkerFigures),
  );
  parentPort?.postMessage('loaded');
};

const next = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => void worker.once('message', resolve).once('error', reject));

/** The file as it was read is of no use any more, and no part of a worker. */
const forget = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

const runTogether = async (task: SigmaTask): Promise<RunFigures> => {
  const shares = sharesOf(task.events, task.threads);
  const eventBytes = shares.reduce((sum, { length }) => sum + length, 0);
  const workers = shares.map(
    (bytes) => new Worker(process.argv[1] ?? '', { workerData: { task, bytes }, transferList: [bytes.buffer] }),
  );
  await Promise.all(workers.map((worker) => next(worker)));
  forget();
  const stop = stopwatch();
  const answers = workers.map((worker) => next<WorkerFigures>(worker));
  for (const worker of workers) worker.postMessage('start');
  const all = await Promise.all(answers);
  const measured = stop(task.threads, eventBytes);
  const sum = (of: (answer: WorkerFigures) => number): number => all.reduce((total, answer) => total + of(answer), 0);
  return {
    events: sum(({ events }) => events),
    matches: sum(({ matches }) => matches),
    loadMs: Math.max(...all.map(({ loadMs }) => loadMs)),
    ...measured,
  };
};

const main = async (): Promise<void> => {
  const task = JSON.parse(process.argv[2] ?? '') as SigmaTask;
  const figures = task.threads === 1 ? runAlone(task) : await runTogether(task);
  process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit());
};

if (isMainThread) void main();
else {
  const { task, bytes } = workerData as { task: SigmaTask; bytes: Uint8Array };
  serve(task, bytes);
}
