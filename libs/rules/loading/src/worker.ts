/** Compiles rules of strangers in a thread of its own: `apart.ts` starts it, bounds it and ends it. */
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

export interface Job {
  sources: RuleSource[];
  options: Pick<CompileOptions, 'placeholders' | 'known' | 'limits'>;
}

/** Laid out for every kind of event here, so that whoever takes the rules up has nothing left to do. */
const compiled = ({ sources, options }: Job): Uint8Array => {
  const ruleSet = compile(sources, options);
  for (const _ of layOut(ruleSet, builtInPipeline)) continue;
  return saveCompiled(ruleSet, keyOf(sources, options));
};

/** What comes back: the rules, or why there are none. */
export type Answer = Uint8Array | { failed: string };

const answered = (job: Job): Answer => {
  try {
    return compiled(job);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
};

parentPort?.on('message', (job: Job) => parentPort?.postMessage(answered(job)));
