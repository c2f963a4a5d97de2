import { listGroups } from '#libs/events';
import { pause } from '#stack';
import { round } from '../figures.js';
import { cpuSince } from './process-use.js';
import type { BenchWorld } from './world.js';

const SETTLE_MS = 5_000;

/** Shares of a core in percent, while nothing is sent. */
export const idle = async (world: BenchWorld, seconds: number) => {
  await pause(SETTLE_MS);
  const spent = cpuSince(world.all);
  await pause(seconds * 1_000);
  const shares = Object.fromEntries(Object.entries(spent()).map(([name, ms]) => [name, round(ms / (seconds * 10), 1)]));
  const { broker = 0, store = 0, standins = 0, ...services } = shares;
  const groups = (await listGroups(world.broker)).filter((one) => one.startsWith('vigie.') && !one.includes('.alone.'));
  return {
    seconds,
    servicesPercent: round(
      Object.values(services).reduce((sum, share) => sum + share, 0),
      1,
    ),
    ...{ brokerPercent: broker, storePercent: store, standinsPercent: standins },
    percent: shares,
    consumerGroups: groups.length,
  };
};

export type IdleUse = Awaited<ReturnType<typeof idle>>;
