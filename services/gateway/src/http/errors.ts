import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { Refused } from '#libs/model';
import type { ServiceContext } from '#libs/service';
import { StoreAway } from '#libs/store';

/** Codes of limits, which arrive as kinds of failed validation. */
const limitOf = (formatted: GraphQLFormattedError): string | undefined => {
  const limit = formatted.extensions?.limit;
  return typeof limit === 'string' ? limit : undefined;
};

const LATE = 'the answer took too long: ask again';

/** What a client is told: codes it can act on; of our own faults only an id to ask us about. */
export const tellError =
  (log: ServiceContext['log']) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { locations, path } = formatted;
    const cause = unwrapResolverError(error);
    if (cause instanceof Refused) return { message: cause.message, locations, path, extensions: { code: cause.code } };
    const code = limitOf(formatted) ?? formatted.extensions?.code;
    if (code !== undefined && code !== 'INTERNAL_SERVER_ERROR')
      return {
        message: formatted.message.replace(/^Syntax Error: Query /, 'the query: '),
        locations,
        path,
        extensions: { code },
      };
    const correlationId = randomUUID();
    if (cause instanceof StoreAway) {
      log.warn({ err: cause, correlationId, path }, 'a query was not answered in time');
      return { message: LATE, locations, path, extensions: { code: 'UNAVAILABLE', correlationId } };
    }
    log.error({ err: cause, correlationId, path }, 'a query failed');
    return {
      message: 'something went wrong on our side',
      locations,
      path,
      extensions: { code: 'INTERNAL', correlationId },
    };
  };

/** Seconds, as HTTP says them. */
export const retryAfter = (waitMs: number): string => String(Math.max(1, Math.ceil(waitMs / 1_000)));

/** A refusal of the HTTP layer, in GraphQL's shape. */
export const errorBody = (
  code: string,
  message: string,
): { errors: { message: string; extensions: { code: string } }[] } => ({ errors: [{ message, extensions: { code } }] });

/** To a caller that asks faster than it may. */
export const tooMany = errorBody('TOO_MANY_REQUESTS', 'you ask faster than you may: wait, as Retry-After says');
