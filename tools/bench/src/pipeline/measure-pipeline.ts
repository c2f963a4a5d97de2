import { join } from 'node:path';
import type { ServiceName } from '#libs/terms';
import { accounts } from './accounts.js';
import { figuresOf } from './figures.js';
import { hearFindings } from './findings.js';
import { floorRound, type FloorRound } from './floor.js';
import { idle } from './idle.js';
import type { KindName } from './kinds.js';
import { delaysAt, type MeasuredDelays } from './latency.js';
import type { PipelineRound } from './pipeline-round.js';
import { residentOf } from './process-use.js';
import { PROFILED, startProfile } from './profile.js';
import { newLoad, roundOn, type Run } from './run.js';
import { selfTimes } from './self-time.js';
import { takeOnTenants } from './tenants.js';
import { recordsSince, topicEnds } from './topic-ends.js';
import { inWorld, type BenchWorld } from './world.js';

export interface PipelineTask {
  /** Of a round. */
  events: number;
  perRecord: number;
  needleEvery: number;
  tenants: number;
  /** Each tenant has a source of each. */
  kinds: KindName[];
  rounds: number;
  /** Send while the services work, instead of before. */
  steady: boolean;
  rules: string | undefined;
  /** Whether the floor is measured, too. */
  floor: boolean;
  /** Events a second of which delays are measured, each for so long; 0: a single one now and then. */
  rates: number[];
  seconds: number;
  /** Services of which is told where they spend their time while rounds are measured. */
  profiled: ServiceName[];
  /** How long nothing is sent, before the rounds; 0 for not at all. */
  idleSeconds: number;
  say(line: string): void;
}

const WARM_UP_EVENTS = 4_000;

/** Every source has to be heard before anything counts, and programs are slower at first. */
const warmUp = async (run: Run, { perRecord, steady, needleEvery }: PipelineTask): Promise<void> => {
  const first = newLoad(run, { events: run.targets.length, perRecord: 1, needleEvery: 1 });
  await roundOn(run, first, false);
  await roundOn(run, newLoad(run, { events: WARM_UP_EVENTS, perRecord, needleEvery }), !steady);
};

/** Rounds of both, in turn. */
const measureRounds = async (run: Run, task: PipelineTask) => {
  const { events, perRecord, needleEvery, rounds, steady, floor: hasFloor, say } = task;
  const { broker, services, up } = run.world;
  const [pipeline, floor]: [PipelineRound[], FloorRound[]] = [[], []];
  for (let nth = 0; nth < rounds; nth += 1) {
    say(`round ${nth + 1} of ${rounds}: ${events} events`);
    const load = newLoad(run, { events, perRecord, needleEvery });
    pipeline.push(await roundOn(run, load, !steady));
    const { records } = load;
    if (hasFloor)
      floor.push(await floorRound({ stack: up.stack, broker, services, nth, events, records, backlog: !steady }));
    // What they held is no longer needed; the needles are.
    load.records = [];
  }
  return { pipeline, floor };
};

/** Where services spend their time meanwhile: by service. */
const whileProfiled = async <T>({ up }: BenchWorld, profiled: readonly ServiceName[], work: () => Promise<T>) => {
  const logOf = (name: string): string => join(up.installation.dir, 'log', `${name}.log`);
  const running = await Promise.all(profiled.map(async (name) => [name, await startProfile(logOf(name))] as const));
  const done = await work();
  const profiles = await Promise.all(running.map(async ([name, one]) => [name, selfTimes(await one.stop())] as const));
  return { done, profiles: Object.fromEntries(profiles) };
};

const measureOn = async (world: BenchWorld, task: PipelineTask) => {
  const { events, perRecord, tenants, kinds, rounds, steady, rates, seconds, profiled, idleSeconds, say } = task;
  say(`${tenants} tenant(s)`);
  const run: Run = {
    world,
    heard: await hearFindings(world.broker),
    targets: await takeOnTenants(world, { to: tenants }, kinds),
    sent: [],
  };
  say('warming up');
  await warmUp(run, task);
  if (idleSeconds > 0) say(`${idleSeconds} s without events`);
  const resting = idleSeconds > 0 ? await idle(world, idleSeconds) : undefined;
  const ends = await topicEnds(world.broker);
  const { done, profiles } = await whileProfiled(world, profiled, () => measureRounds(run, task));
  const rssMb = residentOf(world.all);
  const records = recordsSince(ends, await topicEnds(world.broker));
  const delays: MeasuredDelays[] = [];
  for (const rate of rates) {
    say(`${seconds} s at ${rate} events a second`);
    delays.push(await delaysAt(run, rate, seconds, perRecord));
  }
  const { pipeline: carried, ...beside } = figuresOf(done.pipeline, done.floor, resting);
  const found = await accounts(run);
  await run.heard.stop();
  return {
    ...{ events: events * rounds, perRecord, tenants, kinds, way: steady ? 'steady' : 'backlog' },
    pipeline: { ...carried, p50Ms: delays[0]?.p50Ms, p99Ms: delays[0]?.p99Ms, rssMb, records },
    ...beside,
    waitedForAll: [...done.pipeline, ...done.floor].every(({ waited }) => waited),
    ...(done.floor.length ? { floorWasQuiet: done.floor.every(({ quiet }) => quiet) } : {}),
    ...(delays.length ? { delays } : {}),
    ...(profiled.length ? { profiles } : {}),
    ...(resting ? { idle: resting } : {}),
    ...found,
  };
};

export type PipelineFigures = Awaited<ReturnType<typeof measureOn>>;

/** The whole pipeline on a stack of its own, and in turn with it a floor of the same records by the same broker. */
export const measurePipeline = (task: PipelineTask): Promise<PipelineFigures> => {
  const settings = Object.fromEntries(task.profiled.map((name) => [name, PROFILED]));
  return inWorld({ rules: task.rules, settings, say: task.say }, (world) => measureOn(world, task));
};
