import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { readConfig, type Environment } from './config.js';
import type { Clock, ServiceDefinition } from './definition.js';
import { ServiceLife, ServiceModule } from './module.js';
import { openLog } from './log.js';
import type { Runtime } from './runtime.js';

/** How long a service may take to leave; and when its parent, and with it broker and store, are gone. */
const DRAIN_MS = 25_000;
const ORPHAN_DRAIN_MS = 4_000;

export interface RunningService {
  app: INestApplication;
  runtime: Runtime;
  stop(): Promise<void>;
}

export interface BootOptions {
  clock?: Clock;
  /** Default: log, and leave with code 1. */
  onFault?: (error: Error) => void;
  /** Leave on SIGTERM and SIGINT after draining; default true. */
  signals?: boolean;
}

const leave =
  (log: ReturnType<typeof openLog>) =>
  (error: Error): void => {
    log.fatal({ err: error }, 'a fault stopped the service');
    process.exitCode = 1;
    setTimeout(() => process.exit(1), 3_000).unref();
    process.kill(process.pid, 'SIGTERM');
  };

/** Starts a service: resolves once it hears everything it should. @throws Error when its configuration is not complete. */
export const boot = async (
  definition: ServiceDefinition,
  environment: Environment,
  options: BootOptions = {},
): Promise<RunningService> => {
  const config = definition.config?.(environment) ?? readConfig({}, environment);
  const log = openLog(definition.name, config.LOG_LEVEL);
  const onFault = options.onFault ?? leave(log);
  const app = await NestFactory.create(ServiceModule.of(definition, config, { clock: options.clock, onFault }), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  if (options.signals ?? true) app.enableShutdownHooks();
  await app.listen(config.HEALTH_PORT, config.HEALTH_HOST);
  const { runtime } = app.get(ServiceLife);
  log.info({ port: (app.getHttpServer().address() as { port: number }).port }, 'ready');
  return { app, runtime, stop: () => app.close() };
};

/** For `main.ts`: reads its configuration, boots, and never ends with 0 after a failure. */
export const main = (definition: ServiceDefinition): void => {
  const failed = (error: unknown): void => {
    process.stderr.write(`${definition.name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  };
  // Draining is bounded: what is not done by then comes again, to the next process.
  const endWithin = (ms: number): void => void setTimeout(() => process.exit(1), ms).unref();
  process.once('SIGTERM', () => endWithin(DRAIN_MS));
  if (process.env.VIGIE_ENDS_WITH_PARENT) {
    process.stdin.resume().on('end', () => {
      endWithin(ORPHAN_DRAIN_MS);
      process.kill(process.pid, 'SIGTERM');
    });
  }
  process.on('uncaughtException', failed);
  process.on('unhandledRejection', failed);
  void (async () => boot(definition, process.env))().catch(failed);
};
