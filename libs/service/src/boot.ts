import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { INestApplication } from '@nestjs/common';
import { readConfig, type Environment } from './config.js';
import type { Clock, ServiceDefinition } from './definition.js';
import { ServiceLife, ServiceModule } from './module.js';
import { openLog } from './log.js';
import { tidyMemory } from './tidy-memory.js';
import type { Runtime } from './runtime.js';

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
  await tidyMemory();
  log.info({ port: (app.getHttpServer().address() as { port: number }).port }, 'ready');
  return { app, runtime, stop: () => app.close() };
};
