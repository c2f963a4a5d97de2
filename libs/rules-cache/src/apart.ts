import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { keyOf, loadCompiled, type CompileOptions, type RuleSet, type RuleSource } from '#libs/sigma';
import type { Answer, Job } from './worker.js';

/** Rules could not be compiled within memory and time; the message is a sentence about them. */
export class CompileFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CompileFailed';
  }
}

export interface ApartOptions {
  /** The built `worker.js` of this library. */
  entry: string;
  /** Of the thread's heap. What lies outside of it is bounded by the limits of the rules. */
  megabytes: number;
  /** That a compilation may take; a pause of the machine counts little. */
  milliseconds: number;
}

export interface Apart {
  /** One after the other. @throws CompileFailed, and Error when there is no such thread */
  compile(sources: RuleSource[], options: Job['options'] & Pick<CompileOptions, 'watches'>): Promise<RuleSet>;
  close(): Promise<void>;
}

const TICK_MS = 250;
/** A thread that has nothing to do for so long ends. */
const IDLE_MS = 30_000;

/** What a thread answers. It is ended when it takes too long: time goes on a tick at a time, however long the tick took. */
const answer = (worker: Worker, job: Job, { megabytes, milliseconds }: ApartOptions): Promise<Uint8Array> => new Promise((resolve, reject) => {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const done = (end: () => void): void => {
    clearTimeout(timer);
    worker.removeAllListeners();
    end();
  };
  const tick = (): void => {
    const step = Math.min(TICK_MS, left);
    timer = setTimeout(() => {
      left -= step;
      if (left > 0) return tick();
      done(() => reject(new CompileFailed(`compiling the rules took longer than ${milliseconds / 1_000} s`)));
    }, step);
  };
  tick();
  worker.on('message', (found: Answer) => done(() => (found instanceof Uint8Array ? resolve(found) : reject(new CompileFailed(`compiling the rules failed: ${found.failed}`)))));
  // Anything else is no fault of the rules.
  worker.on('error', (error: Error & { code?: string }) => done(() => reject(
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new CompileFailed(`compiling the rules took more than ${megabytes} MB`) : error)));
  worker.on('exit', (code) => done(() => reject(new CompileFailed(`compiling the rules ended with code ${code}`))));
  worker.postMessage(job);
});

/** Compiles rules of strangers in a thread that may be lost: rules that would take the memory or the time of the process take that thread's, and are told. */
export const openApart = (options: ApartOptions): Apart => {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };
  const start = (): Worker => {
    clearTimeout(idle);
    if (!existsSync(options.entry)) throw new Error(`${options.entry} is not there: build first`);
    worker ??= new Worker(options.entry, { resourceLimits: { maxOldGenerationSizeMb: options.megabytes } });
    return worker;
  };
  const run = async (sources: RuleSource[], { watches, ...job }: Parameters<Apart['compile']>[1]): Promise<RuleSet> => {
    try {
      const bytes = await answer(start(), { sources, options: job }, options);
      idle = setTimeout(() => void end(), IDLE_MS).unref();
      worker?.unref();
      const ruleSet = loadCompiled(bytes, keyOf(sources, job), { ...job, watches });
      if (!ruleSet) throw new CompileFailed('what the thread compiled cannot be read');
      return ruleSet;
    } catch (error) {
      await end();
      throw error;
    }
  };
  return {
    compile: (sources, job) => {
      const mine = last.then(() => run(sources, job));
      last = mine.catch(() => undefined);
      return mine;
    },
    close: async () => {
      await last;
      await end();
    },
  };
};
