import type { CommitProblem } from './port-chain.js';

/** Problems told at most; the rest are counted. */
const MOST = 200;

/** Collects what a check finds, within a bound. */
export interface ChainFindings {
  add(...found: readonly CommitProblem[]): void;
  list: CommitProblem[];
  more(): number;
}

export const chainFindings = (): ChainFindings => {
  const list: CommitProblem[] = [];
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
