import { pause } from '#stack';
import type { PlannedFault } from '../plan/kinds.js';
import { untilConsuming } from '../place/consuming.js';
import type { DisturbedPlace } from '../place/place.js';
import type { Struck } from './struck.js';

/** Beyond it a group that has not read on is told by name. */
const CONSUMING_WITHIN_MS = 60_000;

const away = (seconds: number): Promise<void> => pause(seconds * 1_000);

/** How soon all read on. The whole fleet may have ended by itself meanwhile: it is waited for. */
export const consumedAgain = async ({ broker, fleet }: DisturbedPlace, back: number): Promise<Struck> => {
  const { seconds, standing, groups, last } = await untilConsuming(broker, back, CONSUMING_WITHIN_MS);
  for (const name of fleet.names) await fleet.ready(name);
  return {
    said: `${groups} groups had read on ${seconds} s after it was back, last ${last.join(', ') || 'none'}`,
    consumingAfter: { seconds, standing },
  };
};

export const killBroker = async (place: DisturbedPlace, { seconds }: PlannedFault): Promise<Struck> => {
  const { stack } = place.up;
  await stack.killBroker();
  await away(seconds);
  await stack.startBroker();
  return consumedAgain(place, Date.now());
};

export const stopBroker = async (place: DisturbedPlace, { seconds }: PlannedFault): Promise<Struck> => {
  const { broker } = place.up.stack.pids;
  if (!broker) return { skipped: 'the broker is no process of this machine' };
  process.kill(broker, 'SIGSTOP');
  await away(seconds).finally(() => process.kill(broker, 'SIGCONT'));
  return consumedAgain(place, Date.now());
};

export const killStore = async ({ up: { stack } }: DisturbedPlace, { seconds }: PlannedFault): Promise<Struck> => {
  await stack.killStore();
  await away(seconds);
  await stack.startStore();
  return {};
};

export const stopStore = async ({ up: { stack } }: DisturbedPlace, { seconds }: PlannedFault): Promise<Struck> => {
  const { store } = stack.pids;
  if (!store) return { skipped: 'the store is no process of this machine' };
  process.kill(store, 'SIGSTOP');
  await away(seconds).finally(() => process.kill(store, 'SIGCONT'));
  return {};
};
