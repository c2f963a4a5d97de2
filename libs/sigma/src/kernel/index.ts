/**
 * The fast engine, which gives the plain evaluator's answers: rules are laid out in one memory that WebAssembly runs
 * over. It is made when the first event is matched, so that rules that are only read, checked or saved have none.
 */
import type { EventView } from '../evaluate/event-view.js';
import type { Engine, Logsource, Pipeline, SigmaEvent, MatchingWork } from '../types.js';
import type { Account } from './rule-costs.js';
import { ImageKernel } from './webassembly/image-kernel.js';
import type { Runnable } from './webassembly/rule-partitions.js';
import type { SavedImage } from './webassembly/saved-image.js';
import { webAssembly } from './webassembly/web-assembly.js';

export type { SavedImage } from './webassembly/saved-image.js';

export type FastEngine = {
  /** The places of the rules that match, ascending; undefined to ask the plain evaluator. Throws BadEvent. */
  match(event: SigmaEvent): number[] | undefined;
  work(): MatchingWork;
  accounts(): Account[];
  /** What another engine over the same rules may begin with, when this one has something of the kind. */
  save(): SavedImage | undefined;
};

type KernelParts = [
  rules: readonly Runnable[],
  covering: (logsources: readonly Logsource[]) => readonly Runnable[],
  view: EventView,
  pipeline: Pipeline,
  clock?: () => number,
  saved?: SavedImage,
];

/** Stands beside the plain evaluator where that one is always asked. */
class Idle implements FastEngine {
  private events = 0;

  match(): undefined {
    this.events++;
  }

  work(): MatchingWork {
    return { fromBytes: 0, parsed: 0, plain: this.events, rulesRun: 0 };
  }

  accounts(): Account[] {
    return [];
  }

  save(): SavedImage | undefined {
    return undefined;
  }
}

/** Undefined where there is no WebAssembly, or no room for one memory more: each reserves gigabytes of addresses. */
const inWebAssembly = (parts: KernelParts): FastEngine | undefined => {
  if (!webAssembly) return undefined;
  try {
    return new ImageKernel(...parts);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

class MadeWhenAsked implements FastEngine {
  private engine: FastEngine = new Idle();

  /** @param parts until it is made: what was saved is not kept beside what it has become. */
  constructor(private parts: KernelParts | undefined) {}

  match(event: SigmaEvent): number[] | undefined {
    if (this.parts) {
      this.engine = inWebAssembly(this.parts) ?? this.engine;
      this.parts = undefined;
    }
    return this.engine.match(event);
  }

  work(): MatchingWork {
    return this.engine.work();
  }

  accounts(): Account[] {
    return this.engine.accounts();
  }

  save(): SavedImage | undefined {
    return this.parts ? this.parts[5] : this.engine.save();
  }
}

export const kernelFor = (engine: Engine, ...parts: KernelParts): FastEngine =>
  engine === 'plain' ? new Idle() : new MadeWhenAsked(parts);
