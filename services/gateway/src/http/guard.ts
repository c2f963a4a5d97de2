import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Caller } from '../domain/scope.js';
import type { GraphqlEndpoint } from './endpoints.js';
import { errorBody, retryAfter, tooMany } from './errors.js';
import type { Quotas } from './quotas.js';
import type { CallerVerifier } from './tokens.js';

/** A request whose token was good, with the bytes of its body. */
export interface Guarded extends Request {
  caller?: Caller;
  rawBody?: Buffer;
}

/** Fields that take more than a request otherwise may. */
const IMPORT = /^\s*mutation\b[^{]*\{\s*(\w+\s*:\s*)?(import(Rules|Indicators)|backtestRules)\b/;

const tooLarge = (response: Response, limit: number): void =>
  void response.status(413).json(errorBody('TOO_LARGE', `a request has at most ${limit} bytes`));

const authenticated =
  ({ side }: GraphqlEndpoint, verify: CallerVerifier) =>
  async (request: Guarded, response: Response, next: NextFunction): Promise<void> => {
    request.caller = await verify(request.headers.authorization, side);
    if (request.caller) return next();
    response
      .status(401)
      .set('www-authenticate', 'Bearer')
      .json(errorBody('UNAUTHENTICATED', 'a valid token of this side is needed: Authorization: Bearer <token>'));
  };

/** Counted once the token is known, before anything is parsed: by what the body is said to have. */
const paced =
  (quotas: Quotas) =>
  (request: Guarded, response: Response, next: NextFunction): void => {
    const waitMs = request.caller
      ? quotas.request(request.caller, Number(request.headers['content-length'] ?? 0) || 0)
      : 0;
    if (waitMs === 0) return next();
    response.status(429).set('retry-after', retryAfter(waitMs)).json(tooMany);
  };

const bounded =
  ({ bodyBytes, importBytes }: GraphqlEndpoint) =>
  (request: Guarded, response: Response, next: NextFunction): void => {
    const query: unknown = (request.body as { query?: unknown } | undefined)?.query;
    const limit = typeof query === 'string' && IMPORT.test(query) ? importBytes : bodyBytes;
    const bytes = request.rawBody?.length ?? 0;
    request.rawBody = undefined;
    if (bytes > limit) return tooLarge(response, limit);
    next();
  };

/** Tokens are looked at before anything is parsed; bodies are bounded, imports by a bound of their own. */
export const guard = (
  app: NestExpressApplication,
  endpoints: GraphqlEndpoint[],
  verify: CallerVerifier,
  quotas: Quotas,
  timed: (endpoint: GraphqlEndpoint) => RequestHandler,
): void => {
  const paths = endpoints.map(({ path }) => path);
  const most = Math.max(...endpoints.map(({ importBytes }) => importBytes));
  for (const endpoint of endpoints)
    app.use(endpoint.path, timed(endpoint), authenticated(endpoint, verify), paced(quotas));
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method === 'GET' || request.method === 'HEAD' || paths.includes(request.path)) return next();
    response.status(404).json(errorBody('NOT_FOUND', `GraphQL is at ${paths.join(' and ')}`));
  });
  app.useBodyParser('json', { limit: most });
  for (const endpoint of endpoints) app.use(endpoint.path, bounded(endpoint));
  app.use((error: { type?: string }, _request: Request, response: Response, _next: NextFunction) => {
    if (error.type === 'entity.too.large') return tooLarge(response, most);
    response.status(400).json(errorBody('BAD_REQUEST', 'the body is not JSON'));
  });
};
