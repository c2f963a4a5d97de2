import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceKind } from '#libs/sigma';
import { readRules } from '#libs/rules/loading';
import { fromCaller, say } from '../../../cli/src/terminal/index.js';
import { differencesBetween, type MatchDifference } from './compare.js';
import { best, perCpuSecond, perSecond, round, type RunFigures } from './figures.js';
import { writePlan } from './plan.js';
import { buildPeer, PEER_NAME, runOurs, runPeer, type SigmaRun } from './runs.js';
import { takeEvents } from './take-events.js';

export type Measure = {
  rules: string;
  events: string;
  source: SourceKind;
  limit?: number;
  runs: number;
  threads: number;
  peer: boolean;
};

/** Short corpora are run over and over: fewer events say nothing about a warm program. */
const LEAST_EVENTS = 20_000;

type Peer = { program: string; plan: string };
type Runs = {
  sigma: RunFigures[];
  reloaded: RunFigures[];
  parsed: RunFigures[];
  together: RunFigures[];
  peer: RunFigures[];
  peersTogether: RunFigures[];
};

/**
 * Every kind of run in turn, so that a disturbance meets all of them alike. Several threads take their rules from the
 * cache, which the first run fills.
 */
const interleaved = async (
  { runs: times, threads }: Measure,
  task: SigmaRun,
  peer: Peer | undefined,
  cache: string,
): Promise<Runs> => {
  const runs: Runs = { sigma: [], reloaded: [], parsed: [], together: [], peer: [], peersTogether: [] };
  await runOurs({ ...task, rounds: 1 }, { cache });
  for (let time = 1; time <= times; time++) {
    say(`run ${time} of ${times}`);
    runs.sigma.push(await runOurs(task));
    if (peer) runs.peer.push(await runPeer(peer.program, peer.plan, task));
    runs.reloaded.push(await runOurs({ ...task, rounds: 1 }, { cache }));
    runs.parsed.push(await runOurs(task, { parse: true }));
    if (threads === 1) continue;
    runs.together.push(await runOurs(task, { threads, cache }));
    if (peer) runs.peersTogether.push(await runPeer(peer.program, peer.plan, task, { threads }));
  }
  return runs;
};

const figuresOf = (runs: readonly RunFigures[], peer: readonly RunFigures[]): Record<string, number | null> => {
  const [wall, cpu] = [best(runs, 'seconds'), best(runs, 'cpuSeconds')];
  return {
    eventsPerSecond: perSecond(wall),
    ratio: peer.length === 0 ? null : round(perSecond(wall) / perSecond(best(peer, 'seconds'))),
    eventsPerCpuSecond: perCpuSecond(cpu),
    ratioOfCpu: peer.length === 0 ? null : round(perCpuSecond(cpu) / perCpuSecond(best(peer, 'cpuSeconds'))),
  };
};

/**
 * What several threads do: their rate beside one thread's (by CPU time: were every thread's core free), and what each
 * holds.
 */
const togetherOf = (threads: number, one: readonly RunFigures[], together: readonly RunFigures[]) => {
  if (together.length === 0) return {};
  const all = best(together, 'seconds');
  return {
    threads2EventsPerSecond: perSecond(all),
    threads2Over1: round(perSecond(all) / perSecond(best(one, 'seconds'))),
    threads2Over1OfCpu: round(
      (threads * perCpuSecond(best(together, 'cpuSeconds'))) / perCpuSecond(best(one, 'cpuSeconds')),
    ),
    workerMb: all.workerMb,
  };
};

const comparison = async (task: SigmaRun, peer: Peer | undefined, dir: string): Promise<MatchDifference[] | null> => {
  if (!peer) return null;
  const [sigma, theirs] = [join(dir, 'sigma.pairs'), join(dir, 'peer.pairs')];
  await runOurs({ ...task, rounds: 1 }, { pairs: sigma });
  await runPeer(peer.program, peer.plan, { ...task, rounds: 1 }, { pairs: theirs });
  return differencesBetween(sigma, theirs);
};

/** Loading, indexes of the events' kinds included: from the rules' text, and from the cache. */
const loadingOf = ({ sigma, reloaded }: Runs) => {
  const least = (of: readonly RunFigures[], by: 'loadMs' | 'loadCpuMs'): number =>
    Math.min(...of.map((one) => one[by] ?? Infinity));
  return {
    loadMs: least(sigma, 'loadMs'),
    loadCpuMs: least(sigma, 'loadCpuMs'),
    reloadMs: least(reloaded, 'loadMs'),
    reloadCpuMs: least(reloaded, 'loadCpuMs'),
  };
};

const peerFigures = (threads: number, { peer, peersTogether }: Runs) => {
  if (peer.length === 0) return null;
  const { loadMs, rssMb, matches } = best(peer, 'seconds');
  return {
    name: PEER_NAME,
    eventsPerSecond: perSecond(best(peer, 'seconds')),
    eventsPerCpuSecond: perCpuSecond(best(peer, 'cpuSeconds')),
    ...togetherOf(threads, peer, peersTogether),
    loadMs,
    rssMb,
    matches,
  };
};

/** Runs everything, with files of its own in `dir`; the figures as the command prints them. */
export const measureSigma = async (wanted: Measure, dir: string) => {
  const rules = fromCaller(wanted.rules);
  const events = join(dir, 'events.jsonl');
  const count = await takeEvents(fromCaller(wanted.events), events, wanted.limit);
  const task: SigmaRun = { rules, events, source: wanted.source, rounds: Math.ceil(LEAST_EVENTS / count) };
  const program = wanted.peer ? buildPeer() : undefined;
  const plan = join(dir, 'plan.json');
  const { rules: loaded, unlike } = program
    ? writePlan(plan, readRules(rules), events, wanted.source)
    : { rules: null, unlike: 0 };
  const peer = program ? { program, plan } : undefined;
  const differences = await comparison(task, peer, dir);
  const runs = await interleaved(wanted, task, peer, join(dir, 'cache'));
  const { rssMb, workerMb, matches } = best(runs.sigma, 'seconds');
  return {
    corpus: {
      events: count,
      rounds: task.rounds,
      bytesPerEvent: Math.round(readFileSync(events).length / count),
      rules: loaded,
      unlike,
    },
    sigma: {
      ...figuresOf(runs.sigma, runs.peer),
      workerMb,
      ...togetherOf(wanted.threads, runs.sigma, runs.together),
      ...loadingOf(runs),
      rssMb,
      matches,
    },
    sigmaWithFullParse: figuresOf(runs.parsed, runs.peer),
    peer: peerFigures(wanted.threads, runs),
    differences,
  };
};
