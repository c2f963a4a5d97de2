import type { Problem } from './port-chain.js';

/** Problems told at most; the rest are counted. */
const MOST = 200;

/** Collects what a check finds, within a bound. */
export interface Findings {
  add(...found: readonly Problem[]): void;
  list: Problem[];
  more(): number;
}

export const findings = (): Findings => {
  const list: Problem[] = [];
  let count = 0;
  return {
    list,
    add: (...found) => {
      count += found.length;
      list.push(...found.slice(0, MOST - list.length));
    },
    more: () => count - list.length,
  };
};
