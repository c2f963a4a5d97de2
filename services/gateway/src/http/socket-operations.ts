import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { openVisit } from '../graphql/visit.js';
import { limits, TOKENS } from './endpoints.js';
import type { GatewayPorts } from './ports.js';
import type { SocketSession } from './socket-session.js';

/** Subscriptions and other operations under way on one socket. */
const MOST_AT_ONCE = 50;

const refused = (message: string, code: string): GraphQLError[] => [
  new GraphQLError(message, { extensions: { code } }),
];

/** An error of the document itself says its code nowhere; what a resolver threw is looked at by its cause. */
export const formatted = (error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError => {
  if (!(error instanceof GraphQLError)) return error;
  return {
    ...error.toJSON(),
    extensions: { ...(error.originalError ? {} : { code: 'GRAPHQL_VALIDATION_FAILED' }), ...error.extensions },
  };
};

/** Why nothing more may be asked on this socket now, if so. */
const notNow = ({ context, quotas }: GatewayPorts, { caller }: SocketSession, underWay: number) => {
  if (!caller || caller.expiresAt < context.clock.now()) return refused('the token has ended', 'UNAUTHENTICATED');
  if (underWay > MOST_AT_ONCE)
    return refused(`at most ${MOST_AT_ONCE} operations at once on one socket`, 'TOO_MANY_REQUESTS');
  const waitMs = quotas.request(caller, 0);
  return waitMs > 0 ? refused(`you ask faster than you may: wait ${waitMs} ms`, 'TOO_MANY_REQUESTS') : undefined;
};

/**
 * What is to be executed for an operation that is asked on a socket, or why nothing is.
 * @param underWay operations on this socket, this one included
 */
export const executionOf = async (
  ports: GatewayPorts,
  schema: GraphQLSchema,
  session: SocketSession,
  { query, variables, operationName }: SubscribePayload,
  underWay: number,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const not = notNow(ports, session, underWay);
  const { caller, counted } = session;
  if (not || !caller) return not ?? refused('the token has ended', 'UNAUTHENTICATED');
  try {
    const document = parse(query, { maxTokens: TOKENS });
    const errors = validate(schema, document, [...specifiedRules, ...limits]);
    if (errors.length) return errors;
    // A subscription goes on; each of its answers has reads of its own.
    const endless = getOperationAST(document, operationName)?.operation === 'subscription';
    const { OPERATION_WITHIN_MS } = ports.context.config;
    const contextValue = await openVisit(ports, caller, endless ? undefined : OPERATION_WITHIN_MS);
    if (!counted?.holds(underWay))
      return refused('you listen to as much as you may: end something first', 'TOO_MANY_REQUESTS');
    session.asked = true;
    return { schema, document, operationName, variableValues: variables, contextValue };
  } catch (error) {
    return error instanceof GraphQLError ? [error] : refused('something went wrong on our side', 'INTERNAL');
  }
};
