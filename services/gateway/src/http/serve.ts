import 'reflect-metadata';
import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { GatewayPorts } from './ports.js';
import { endpoints } from './endpoints.js';
import { guard } from './guard.js';
import { HttpModule } from './http.module.js';
import { serveSockets } from './sockets.js';
import { timing } from './timing.js';
import { callerVerifier } from './tokens.js';

/**
 * Longer than clients and load balancers keep an idle connection, so that it is they who close it, and no request meets
 * a closed one.
 */
const KEEP_ALIVE_MS = 65_000;

/** Starts the two GraphQL endpoints and the few plain ones. @returns how to stop them. */
export const serve = async (ports: GatewayPorts): Promise<() => Promise<void>> => {
  const {
    context: { log, clock, config },
  } = ports;
  const verify = callerVerifier(config.TOKEN_ISSUERS, () => clock.now());
  const served = endpoints();
  const app = await NestFactory.create<NestExpressApplication>(HttpModule.of(ports, served, verify), {
    logger: ['error', 'warn'],
    bodyParser: false,
    rawBody: true,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  guard(app, served, verify, ports.quotas, timing(ports.context));
  (app.getHttpServer() as Server).keepAliveTimeout = KEEP_ALIVE_MS;
  await app.listen(config.HTTP_PORT, config.LISTEN_HOST);
  const sockets = serveSockets(app.getHttpServer(), served, ports, verify);
  log.info({ port: (app.getHttpServer().address() as { port: number }).port }, 'listening');
  return async () => {
    await sockets.close();
    app.getHttpServer().closeIdleConnections();
    await app.close();
  };
};
