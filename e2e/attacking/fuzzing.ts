import type { Fuzz, FuzzOptions } from '../fuzz/fuzz.js';
import type { RunOutput } from './run.js';
import { worlds } from './worlds.js';

/** Puts seeded nonsense to every place. @returns whether all of them stood it. */
export const runFuzz = async (all: readonly Fuzz[], options: FuzzOptions, told: RunOutput): Promise<boolean> => {
  const given = worlds(told.progress);
  let failed = 0;
  try {
    for (const { name, run } of all) {
      told.progress(`${name}: ${options.runs} runs of seed ${options.seed} …`);
      const began = Date.now();
      const reason = await Promise.resolve()
        .then(() => run(options, given))
        .then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        );
      failed += reason === undefined ? 0 : 1;
      told.entry(
        {
          name,
          ...options,
          seconds: (Date.now() - began) / 1_000,
          stood: reason === undefined,
          ...(reason === undefined ? {} : { reason }),
        },
        `${reason === undefined ? 'ok    ' : 'FAILED'} ${name}${reason === undefined ? '' : `: ${reason}`}`,
      );
    }
  } finally {
    await given.stop();
  }
  told.last(`${all.length} places, ${failed} failed`);
  return failed === 0;
};
