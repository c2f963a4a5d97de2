import { AsyncLocalStorage } from 'node:async_hooks';
import { boot, type RunningService } from './boot.js';
import type { Environment } from './config.js';
import type { ServiceDefinition } from './definition.js';
import { letHeapGrow } from './heap.js';

/** How long a process may take to leave; and when its parent, and with it broker and store, are gone. */
const DRAIN_MS = 25_000;
const ORPHAN_DRAIN_MS = 4_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const failed = (name: string, error: unknown): never => {
  process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
};

/** Bounds how long the process may take to leave, and lets it fail where nobody caught what was thrown. */
const guardProcess = (nameNow: () => string): void => {
  // Draining is bounded: what is not done by then comes again, to the next process.
  const endWithin = (ms: number): void => void setTimeout(() => process.exit(1), ms).unref();
  process.once('SIGTERM', () => endWithin(DRAIN_MS));
  if (process.env.VIGIE_ENDS_WITH_PARENT) {
    process.stdin.resume().on('end', () => {
      endWithin(ORPHAN_DRAIN_MS);
      process.kill(process.pid, 'SIGTERM');
    });
  }
  const uncaught = (error: unknown): never =>
    failed(nameNow(), error instanceof Error ? (error.stack ?? error) : error);
  process.on('uncaughtException', uncaught).on('unhandledRejection', uncaught);
};

/** For `main.ts`: reads its configuration, boots, and never ends with 0 after a failure. */
export const main = (definition: ServiceDefinition): void => {
  letHeapGrow();
  guardProcess(() => definition.name);
  void (async () => boot(definition, process.env))().catch((error: unknown) => failed(definition.name, error));
};

/** A service of several in one process, and the environment that it would have in one of its own. */
export interface ServiceOfProcess {
  definition: ServiceDefinition;
  environment: Environment;
}

/**
 * For a process of several services, which is for development: each stays what it is by itself, but a fault of one ends
 * all. The log has its name: beside `a fault stopped the service`, or before what nobody caught.
 */
export const mainOfAll = (services: readonly ServiceOfProcess[]): void => {
  letHeapGrow();
  // Follows what a service begins, so that what it throws where nobody catches is known as its own.
  const serving = new AsyncLocalStorage<string>();
  guardProcess(() => serving.getStore() ?? 'services');
  const starting = services.map(({ definition, environment }) => ({
    name: definition.name,
    booted: serving.run(definition.name, async () => boot(definition, environment, { signals: false })),
  }));
  for (const { name, booted } of starting) booted.catch((error: unknown) => failed(name, error));
  const stopped = async ({ name, booted }: { name: string; booted: Promise<RunningService> }): Promise<void> => {
    const { stop } = await booted;
    await stop().catch((error: unknown) => failed(name, error));
  };
  let isLeaving = false;
  const leave = async (): Promise<void> => {
    // Services that fail together each ask for the end.
    if (isLeaving) return;
    isLeaving = true;
    await Promise.all(starting.map(stopped));
    process.exit();
  };
  for (const signal of SIGNALS) process.on(signal, () => void leave());
};
