import { until } from '#stack';
import { untilQuiet } from '../../../cli/src/index.js';
import { SERVICES_WITH_STORE } from './place/keepers.js';
import { withStore, type DisturbedPlace } from './place/place.js';

/** What is parked is let go as an operator would, once the cause is gone. */
const letGo = async (place: DisturbedPlace): Promise<number> => {
  let released = 0;
  for (const service of SERVICES_WITH_STORE)
    await withStore(place, service, async (store) => {
      for (const one of await store.parked()) if (await store.release(one)) released += 1;
    });
  return released;
};

/** Effects and held requests that are due. */
const owed = async (place: DisturbedPlace): Promise<number> => {
  let count = 0;
  for (const service of SERVICES_WITH_STORE)
    await withStore(place, service, async (store) => {
      count += (await store.effectLanes(Date.now())).length + (await store.due(Date.now(), 100)).length;
    });
  return count;
};

export interface Drained {
  seconds: number;
  /** What an operator let go with `parked release`. */
  released: number;
  /** Why it was not quiet by the end of its time. */
  unquiet?: string;
}

/** Waits until nothing is left to do: at most `withinMs`, after which the oracle says what stands. */
export const drain = async (place: DisturbedPlace, withinMs: number): Promise<Drained> => {
  const begun = Date.now();
  const { fleet, broker, say } = place;
  for (const name of fleet.names) {
    fleet.signal(name, 'SIGCONT');
    await fleet.ready(name);
  }
  const released = await letGo(place);
  let unquiet: string | undefined;
  try {
    await untilQuiet(broker, { everyMs: 1_000, withinMs, say: (line) => say(line) });
    await until('effects and timers that are due', async () => (await owed(place)) === 0, withinMs, { everyMs: 1_000 });
    await untilQuiet(broker, { everyMs: 1_000, withinMs });
  } catch (error) {
    unquiet = error instanceof Error ? error.message : String(error);
  }
  const seconds = Math.round((Date.now() - begun) / 1_000);
  return { seconds, released, ...(unquiet === undefined ? {} : { unquiet }) };
};
