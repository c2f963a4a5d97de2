import { accounts } from './accounts.js';
import { figuresOf } from './figures.js';
import { hearFindings } from './findings.js';
import { idle } from './idle.js';
import type { KindName } from './kinds.js';
import { delaysAt } from './latency.js';
import { besideNoisy } from './noisy.js';
import { residentOf } from './process-use.js';
import { newLoad, roundOn, type Run } from './run.js';
import { takeOnTenants } from './tenants.js';
import { inWorld, type BenchWorld } from './world.js';

export interface TenantsTask {
  /** Ascending. */
  sizes: number[];
  kinds: KindName[];
  events: number;
  rate: number;
  seconds: number;
  say(line: string): void;
}

const IDLE_SECONDS = 10;

/** One more installation with more tenants than before: every source is heard first, then all is measured. */
const pointOf = async (run: Run, { events, rate, seconds }: TenantsTask, tenants: number) => {
  await roundOn(run, newLoad(run, { events: run.targets.length, perRecord: 1, needleEvery: 1 }), false);
  const resting = await idle(run.world, IDLE_SECONDS);
  const plan = { events, perRecord: 1, needleEvery: 1_000 };
  await roundOn(run, newLoad(run, { ...plan, events: Math.min(events, 4_000) }), true);
  const round = await roundOn(run, newLoad(run, plan), true);
  const { eventsPerSecond, cpuMicrosInAll, cpuMicros } = figuresOf([round], []).pipeline;
  const { p50Ms, p99Ms } = await delaysAt(run, rate, seconds, 1);
  const { servicesPercent, brokerPercent, storePercent } = resting;
  return {
    ...{ tenants, sources: run.targets.length, eventsPerSecond, cpuMicrosInAll, cpuMicros, p50Ms, p99Ms },
    idlePercent: { services: servicesPercent, broker: brokerPercent, store: storePercent },
    rssMb: residentOf(run.world.all),
  };
};

const measureOn = async (world: BenchWorld, task: TenantsTask) => {
  const { sizes, kinds, events, rate, seconds, say } = task;
  const run: Run = { world, heard: await hearFindings(world.broker), targets: [], sent: [] };
  const points: Awaited<ReturnType<typeof pointOf>>[] = [];
  for (const [at, size] of sizes.entries()) {
    say(`${size} tenants`);
    run.targets.push(...(await takeOnTenants(world, { from: sizes[at - 1] ?? 0, to: size }, kinds)));
    points.push(await pointOf(run, task, size));
  }
  const last = points.at(-1);
  const tenants = last?.tenants ?? 0;
  if (tenants > 1) say('one of them becomes noisy');
  // Twice what is worked off meanwhile.
  const noise = Math.min(200_000, 2 * seconds * (last?.eventsPerSecond ?? 0));
  const noisy = tenants > 1 ? await besideNoisy(run, { rate, seconds, events: noise }) : undefined;
  const found = await accounts(run);
  await run.heard.stop();
  return { events, rate, kinds, points, ...(noisy ? { noisy } : {}), ...found };
};

export type TenantsFigures = Awaited<ReturnType<typeof measureOn>>;

/** What more and more tenants cost one installation, and what a noisy one costs the others. */
export const measureTenants = (task: TenantsTask): Promise<TenantsFigures> =>
  inWorld({ rules: undefined, say: task.say }, (world) => measureOn(world, task));
