import type { AttackWorlds } from '../attacking/worlds.js';
import { SEED } from './fuzz.js';
import { pureFuzz } from './index.js';

const noWorlds: AttackWorlds = {
  world: () => Promise.reject(new Error('these are pure')),
  startedMs: () => 0,
  starting: () => false,
  stop: async () => undefined,
};

it.each(pureFuzz.map((one) => [one.name, one] as const))('%s stands seeded nonsense', async (_name, { run, runs }) => {
  await run({ runs, seed: SEED }, noWorlds);
});
