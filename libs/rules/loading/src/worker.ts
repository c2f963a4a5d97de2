/** Compiles rules of strangers in a thread of its own: `compile-thread.ts` starts it, bounds it and ends it. */
import { parentPort } from 'node:worker_threads';
import {
  builtInPipeline,
  compile,
  keyOf,
  layOut,
  saveCompiled,
  type CompileOptions,
  type RuleSource,
} from '#libs/sigma';

export interface CompileJob {
  sources: RuleSource[];
  options: Pick<CompileOptions, 'placeholders' | 'known' | 'limits'>;
}

/** Laid out for every kind of event here, so that whoever takes the rules up has nothing left to do. */
const compiled = ({ sources, options }: CompileJob): Uint8Array => {
  const ruleSet = compile(sources, options);
  for (const _ of layOut(ruleSet, builtInPipeline)) continue;
  return saveCompiled(ruleSet, keyOf(sources, options));
};

/** What comes back: the rules, or why there are none. */
export type CompileAnswer = Uint8Array | { failed: string };

const answered = (job: CompileJob): CompileAnswer => {
  try {
    return compiled(job);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.on('message', (job: CompileJob) => parentPort?.postMessage(answered(job)));
