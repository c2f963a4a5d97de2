/**
 * The fast engines, which give the plain evaluator's answers. `image/` lays rules out in one memory that WebAssembly
 * runs over (wasm/); the files beside this one are the same in JavaScript: for small sets of rules, which are ready
 * sooner and need no memory of their own, and for where there is no WebAssembly.
 */
import { sizeOf } from '../expression.js';
import type { EventView } from '../match/event-view.js';
import type { Engine, Logsource, Pipeline, SigmaEvent, Work } from '../types.js';
import type { Account } from './account.js';
import { ImageKernel } from './image/kernel.js';
import type { SavedImage } from './image/saved.js';
import { webAssembly } from './image/web-assembly.js';
import { Kernel } from './kernel.js';
import type { Runnable } from './partition.js';

export type { SavedImage } from './image/saved.js';

export type FastEngine = {
  /** The places of the rules that match, ascending; undefined to ask the plain evaluator. Throws BadEvent. */
  match(event: SigmaEvent): number[] | undefined;
  work(): Work;
  accounts(): Account[];
  /** What another engine over the same rules may begin with, when this one has something of the kind. */
  save?(): SavedImage;
};

type Parts = [
  rules: readonly Runnable[],
  covering: (logsources: readonly Logsource[]) => readonly Runnable[],
  view: EventView,
  pipeline: Pipeline,
  clock?: () => number,
  saved?: SavedImage,
];

/**
 * Fewer rules are not worth a memory, unless they make so many tests: laid out, a memory can be kept, and handed over
 * by another thread.
 */
const WORTH_A_MEMORY = 48;
const TESTS_WORTH_A_MEMORY = 5_000;

const isWorthAMemory = (rules: readonly Runnable[], saved: SavedImage | undefined): boolean =>
  saved !== undefined ||
  rules.length >= WORTH_A_MEMORY ||
  rules.reduce((sum, { condition }) => sum + sizeOf(condition), 0) >= TESTS_WORTH_A_MEMORY;

/** Stands beside the plain evaluator, which is always asked: no memory for what never runs. */
const idle: FastEngine = {
  match: () => undefined,
  work: () => ({ fromBytes: 0, parsed: 0, plain: 0, rulesRun: 0 }),
  accounts: () => [],
};

/** The engine asked for; with 'kernel' the one that fits the number of rules. */
export const kernelFor = (engine: Engine, ...parts: Parts): FastEngine => {
  if (engine === 'wasm') return new ImageKernel(...parts);
  if (engine === 'plain') return idle;
  const [rules, covering, view, pipeline, clock, saved] = parts;
  return (
    (engine === 'kernel' && isWorthAMemory(rules, saved) && inWebAssembly(parts)) ||
    new Kernel(rules, covering, view, pipeline, clock)
  );
};

/** Undefined where there is no WebAssembly, or no room for one memory more (each reserves gigabytes of addresses). */
const inWebAssembly = (parts: Parts): FastEngine | undefined => {
  if (!webAssembly) return undefined;
  try {
    return new ImageKernel(...parts);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
