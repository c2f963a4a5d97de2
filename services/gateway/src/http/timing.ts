import type { NextFunction, Request, Response } from 'express';
import { Histogram } from 'prom-client';
import type { ServiceContext } from '#libs/service';
import type { GraphqlEndpoint } from './endpoints.js';

const BUCKETS_S = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** A mutation waits for its answer, a question for nobody. */
const MUTATION = /^\s*mutation\b/;

/**
 * Counts how long each request to a schema took, from its headers to the end of its answer; its trace begins here. A
 * trace of the caller's own is not taken up: what strangers want to have recorded is nobody's load.
 */
export const timing = ({ metrics: { registry }, traces }: Pick<ServiceContext, 'metrics' | 'traces'>) => {
  const seconds = new Histogram({
    name: 'vigie_gateway_request_seconds',
    help: 'From a request to the end of its answer',
    labelNames: ['schema', 'kind', 'status'],
    buckets: BUCKETS_S,
    registers: [registry],
  });
  return ({ name: schema }: GraphqlEndpoint) =>
    (request: Request, response: Response, next: NextFunction): void => {
      const end = seconds.startTimer({ schema });
      const span = traces.begin({ name: `graphql ${schema}`, kind: 'SERVER' });
      response.once('close', () => {
        const text: unknown = (request.body as { query?: unknown } | undefined)?.query;
        const kind = typeof text === 'string' && MUTATION.test(text) ? 'mutation' : 'query';
        end({ kind, status: response.statusCode });
        span.end({
          attributes: { 'graphql.operation.type': kind, 'http.response.status_code': `${response.statusCode}` },
        });
      });
      span.during(next);
    };
};
