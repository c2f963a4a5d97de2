import type { AttackWorlds } from '../attacking/worlds.js';

export interface FuzzOptions {
  runs: number;
  seed: number;
}

/** Seeded nonsense put to one place where strangers' bytes come in. */
export interface Fuzz {
  /** Kebab-case, the file's name. */
  name: string;
  /** Runs in every CI; bounded to some seconds. */
  runs: number;
  /** @throws Error naming what was put in, the seed and the path of a finding: fast-check's own words. */
  run(options: FuzzOptions, given: AttackWorlds): Promise<void> | void;
}

/** Seed of every CI; `npm run e2e:attacks -- --fuzz N --seed S` takes others. */
export const SEED = 20_261_128;

/** @returns what the work threw; undefined when it threw nothing. */
export const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error ?? new Error('nothing was thrown, as an error');
  }
};

/** @throws Error unless the work took less than the time. Generous: the machine may be busy. */
export const inTime = <T>(mostMs: number, what: () => string, work: () => T): T => {
  const began = performance.now();
  try {
    return work();
  } finally {
    const took = performance.now() - began;
    if (took > mostMs) throw new Error(`took ${Math.round(took)} ms, more than ${mostMs}: ${what()}`);
  }
};
