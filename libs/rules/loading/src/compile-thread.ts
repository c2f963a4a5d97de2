import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { keyOf, loadCompiled, type CompileOptions, type RuleSet, type RuleSource } from '#libs/sigma';
import type { CompileAnswer, CompileJob } from './worker.js';

/** Rules could not be compiled within memory and time; the message is a sentence about them. */
export class CompileFailed extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'CompileFailed';
  }
}

export interface CompileThreadOptions {
  /** The built `worker.js` of this library. */
  entry: string;
  /** Of the thread's heap. What lies outside of it is bounded by the limits of the rules. */
  megabytes: number;
  /** That a compilation may take; a pause of the machine counts little. */
  milliseconds: number;
}

export interface CompileThread {
  /** One after the other. @throws CompileFailed, and Error when there is no such thread */
  compile(sources: RuleSource[], options: CompileJob['options'] & Pick<CompileOptions, 'watches'>): Promise<RuleSet>;
  close(): Promise<void>;
}

const TICK_MS = 250;
/** A thread that has nothing to do for so long ends. */
const IDLE_MS = 30_000;

/** Calls when the time is over, which goes on a tick at a time however long the tick took. @returns how to stop it */
const within = (milliseconds: number, over: () => void): (() => void) => {
  let left = milliseconds;
  let timer: NodeJS.Timeout;
  const tick = (): void => {
    const step = Math.min(TICK_MS, left);
    timer = setTimeout(() => {
      left -= step;
      if (left > 0) tick();
      else over();
    }, step);
  };
  tick();
  return () => clearTimeout(timer);
};

/** What a thread answers, unless it takes too long or is lost. */
const answer = (
  worker: Worker,
  job: CompileJob,
  { megabytes, milliseconds }: CompileThreadOptions,
): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const failed = (reason: string): void => done(() => reject(new CompileFailed(reason)));
    const onMessage = (found: CompileAnswer): void =>
      found instanceof Uint8Array ? done(() => resolve(found)) : failed(`compiling the rules failed: ${found.failed}`);
    // Anything else is no fault of the rules.
    const onError = (error: Error & { code?: string }): void =>
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? failed(`compiling the rules took more than ${megabytes} MB`)
        : done(() => reject(error));
    const onExit = (code: number): void => failed(`compiling the rules ended with code ${code}`);
    const stop = within(milliseconds, () => failed(`compiling the rules took longer than ${milliseconds / 1_000} s`));
    const done = (end: () => void): void => {
      stop();
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      end();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });

/**
 * Compiles rules of strangers in a thread that may be lost: rules that would take the memory or the time of the process
 * take that thread's, and are told.
 */
export const openCompileThread = (options: CompileThreadOptions): CompileThread => {
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
    // Whoever waits is told of an error by listeners of his own; one that comes later ends the thread, not the process.
    worker ??= new Worker(options.entry, { resourceLimits: { maxOldGenerationSizeMb: options.megabytes } }).on(
      'error',
      () => undefined,
    );
    worker.ref();
    return worker;
  };
  const run = async (
    sources: RuleSource[],
    { watches, ...job }: Parameters<CompileThread['compile']>[1],
  ): Promise<RuleSet> => {
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
