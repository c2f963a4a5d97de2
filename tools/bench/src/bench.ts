import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { SourceKind } from '#libs/sigma';
import { readRules } from '../../vigie/src/rule-files.js';
import { print, printJson, say, table } from '../../vigie/src/screen.js';
import { differencesBetween, type Difference } from './compare.js';
import { makeCorpora } from './corpora.js';
import { best, perCpuSecond, perSecond, round, type Figures } from './figures.js';
import { addGrowth } from './growth/command.js';
import { fromCaller } from './paths.js';
import { writePlan } from './plan.js';
import { addDifferences, addReferee } from './referee/command.js';
import { buildPeer, runOurs, runPeer, type Ours } from './runs.js';
import { readCount, readSource } from './sources.js';
import { addService } from './service/command.js';
import { takeEvents } from './take-events.js';
import { addTruth } from './truth/command.js';

type Flags = { rules: string; events: string; source: SourceKind; limit?: number; runs: number; peer: boolean; json: boolean };

/** Short corpora are run over and over: fewer events say nothing about a warm program. */
const LEAST_EVENTS = 20_000;

type Runs = { sigma: Figures[]; parsed: Figures[]; threads2: Figures[]; peer: Figures[] };

/** Every kind of run in turn, so that a disturbance meets all of them alike. */
const interleaved = async (times: number, task: Ours, peer: { program: string; plan: string } | undefined): Promise<Runs> => {
  const runs: Runs = { sigma: [], parsed: [], threads2: [], peer: [] };
  for (let time = 1; time <= times; time++) {
    say(`run ${time} of ${times}`);
    runs.sigma.push(await runOurs(task));
    if (peer) runs.peer.push(await runPeer(peer.program, peer.plan, task));
    runs.parsed.push(await runOurs(task, { parse: true }));
    runs.threads2.push(await runOurs(task, { threads: 2 }));
  }
  return runs;
};

const figuresOf = (runs: readonly Figures[], peer: readonly Figures[]): Record<string, number | null> => {
  const [wall, cpu] = [best(runs, 'seconds'), best(runs, 'cpuSeconds')];
  return {
    eventsPerSecond: perSecond(wall),
    ratio: peer.length === 0 ? null : round(perSecond(wall) / perSecond(best(peer, 'seconds'))),
    eventsPerCpuSecond: perCpuSecond(cpu),
    ratioOfCpu: peer.length === 0 ? null : round(perCpuSecond(cpu) / perCpuSecond(best(peer, 'cpuSeconds'))),
  };
};

const comparison = async (task: Ours, peer: { program: string; plan: string } | undefined, dir: string): Promise<Difference[] | null> => {
  if (!peer) return null;
  const [sigma, theirs] = [join(dir, 'sigma.pairs'), join(dir, 'peer.pairs')];
  await runOurs({ ...task, rounds: 1 }, { pairs: sigma });
  await runPeer(peer.program, peer.plan, { ...task, rounds: 1 }, theirs);
  return differencesBetween(sigma, theirs);
};

const measure = async (flags: Flags, dir: string) => {
  const rules = fromCaller(flags.rules);
  const events = join(dir, 'events.jsonl');
  const count = await takeEvents(fromCaller(flags.events), events, flags.limit);
  const task: Ours = { rules, events, source: flags.source, rounds: Math.ceil(LEAST_EVENTS / count) };
  const program = flags.peer ? buildPeer() : undefined;
  const plan = join(dir, 'plan.json');
  const { rules: loaded, unlike } = program ? writePlan(plan, readRules(rules), events, flags.source) : { rules: null, unlike: 0 };
  const peer = program ? { program, plan } : undefined;
  const differences = await comparison(task, peer, dir);
  const runs = await interleaved(flags.runs, task, peer);
  const one = best(runs.sigma, 'seconds');
  const theirs = runs.peer.length > 0 ? best(runs.peer, 'seconds') : undefined;
  return {
    corpus: { events: count, rounds: task.rounds, bytesPerEvent: Math.round(readFileSync(events).length / count), rules: loaded, unlike },
    sigma: { ...figuresOf(runs.sigma, runs.peer), threads2Over1: round(perSecond(best(runs.threads2, 'seconds')) / perSecond(one)), loadMs: one.loadMs, rssMb: one.rssMb, matches: one.matches },
    sigmaWithFullParse: figuresOf(runs.parsed, runs.peer),
    peer: theirs ? { name: 'rsigma-eval 0.23.0', eventsPerSecond: perSecond(theirs), eventsPerCpuSecond: perCpuSecond(best(runs.peer, 'cpuSeconds')), loadMs: theirs.loadMs, rssMb: theirs.rssMb, matches: theirs.matches } : null,
    differences,
  };
};

const runSigma = async (flags: Flags): Promise<void> => {
  const dir = mkdtempSync(join(tmpdir(), 'vigie-bench-'));
  try {
    const found = await measure(flags, dir);
    if (flags.json) return printJson(found);
    const { sigma, sigmaWithFullParse: parsed, peer } = found;
    const row = (name: string, one: Record<string, unknown>): (string | number | null)[] => [name, ...['eventsPerSecond', 'ratio', 'ratioOfCpu', 'loadMs', 'rssMb', 'matches'].map((key) => (one[key] as number | undefined) ?? null)];
    print(table(['engine', 'events/s', 'ratio', 'of CPU', 'load ms', 'MB', 'matches'], [row('libs/sigma', sigma), row('with a full parse', parsed), ...(peer ? [row(peer.name, peer)] : [])]));
    if (!peer) print('without a peer: there is no cargo, or it was not wanted');
    for (const one of found.differences ?? []) print(`${one.ruleId}: ${one.onlySigma} only libs/sigma, ${one.onlyPeer} only the peer, first on line ${one.exampleLine}`);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const runCorpora = async (from: string, into: string, { json }: { json: boolean }): Promise<void> => {
  const made = await makeCorpora(fromCaller(from), fromCaller(into));
  if (json) return printJson(made);
  print(`${made.mixed.events} events in ${made.mixed.file}, ${made.processCreation.events} distinct process creations in ${made.processCreation.file}, ${made.leftOut} lines left out`);
};

/** bench sigma, bench corpora */
export const addBench = (program: Command): void => {
  const bench = program.command('bench').description('measure');
  bench.command('sigma')
    .description('events a second of libs/sigma beside rsigma-eval, in turn and in fresh processes, and where their answers differ')
    .requiredOption('--rules <path>', 'a folder, a file or a .tar.gz of rules')
    .requiredOption('--events <file>', 'events, one JSON object a line')
    .option('--source <name>', 'windows, cloudtrail, okta or suricata', readSource, 'windows')
    .option('--limit <n>', 'so many events, evenly spread over the file', readCount)
    .option('--runs <n>', 'how often each is run; the best counts', readCount, 5)
    .option('--no-peer', 'measure libs/sigma alone')
    .option('--json', 'print as JSON', false)
    .action(runSigma);
  bench.command('corpora <from> <into>')
    .description('make mixed.jsonl and process-creation.jsonl from a folder of recordings (zip files of JSON lines)')
    .option('--json', 'print as JSON', false)
    .action(runCorpora);
  addReferee(bench);
  addDifferences(bench);
  addTruth(bench);
  addService(bench);
  addGrowth(bench);
};
