import type { AttackWorlds } from '../attacking/worlds.js';
import { SEED } from './fuzz.js';
import { pureFuzz } from './index.js';

it.each(pureFuzz.map((one) => [one.name, one] as const))('%s stands seeded nonsense', async (_name, { run, runs }) => {
  await run({ runs, seed: SEED }, undefined as unknown as AttackWorlds);
});
