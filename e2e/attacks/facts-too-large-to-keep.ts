import { mustFit } from '#libs/store';
import type { Attack } from './attack.js';

const kept = (bytes: number): boolean => {
  try {
    mustFit([{ type: 'case.findings-added', bytes: Buffer.alloc(bytes) }]);
    return true;
  } catch {
    return false;
  }
};

/** A decision whose facts no topic takes: it would be committed, and stop the relay. */
export const factsTooLargeToKeep: Attack = {
  name: 'facts-too-large-to-keep',
  line: 13,
  control: () => kept(100_000),
  attack: () => (kept(5_000_000) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'libs/store/src/decide.ts',
    find: 'const FACT_BYTES = 3_500_000;',
    replace: 'const FACT_BYTES = Infinity;',
  },
};
