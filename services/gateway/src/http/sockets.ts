import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, specifiedRules, validate, type ExecutionArgs, type GraphQLFormattedError } from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { openVisit, type Ports } from '../reading/visit.js';
import type { Caller } from '../domain/scope.js';
import { limits, TOKENS, type Endpoint } from './endpoints.js';
import { tellError } from './errors.js';
import type { Verifier } from './tokens.js';

type Held = Extra & { caller?: Caller };

/** The token as a connection parameter (browsers cannot set headers) or as a header of the upgrade. */
const tokenOf = (parameters: Readonly<Record<string, unknown>> | undefined, request: IncomingMessage): string | undefined => {
  const said = parameters?.authorization ?? parameters?.Authorization;
  return typeof said === 'string' ? said : request.headers.authorization;
};

/** An error of the document itself says its code nowhere; what a resolver threw is looked at by its cause. */
const formatted = (error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError => {
  if (!(error instanceof GraphQLError)) return error;
  return { ...error.toJSON(), extensions: { ...(error.originalError ? {} : { code: 'GRAPHQL_VALIDATION_FAILED' }), ...error.extensions } };
};

/** Subscriptions and other operations under way on one socket. */
const MOST_AT_ONCE = 50;

const refused = (message: string, code: string): GraphQLError[] => [new GraphQLError(message, { extensions: { code } })];

const socketsOf = (endpoint: Endpoint, ports: Ports, verify: Verifier) => {
  const { schema, bodyBytes, side } = endpoint;
  if (!schema) throw new Error(`no schema at ${endpoint.path}`);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyBytes });
  const tell = tellError(ports.context.log);
  const disposable = useServer({
    schema,
    onConnect: async ({ connectionParams, extra }) => {
      (extra as Held).caller = await verify(tokenOf(connectionParams, extra.request), side);
      return (extra as Held).caller !== undefined;
    },
    onSubscribe: async ({ extra, subscriptions }, _id, { query, variables, operationName }): Promise<ExecutionArgs | readonly GraphQLError[]> => {
      const { caller } = extra as Held;
      if (!caller || caller.expiresAt < ports.context.clock.now()) return refused('the token has ended', 'UNAUTHENTICATED');
      if (Object.keys(subscriptions).length > MOST_AT_ONCE) return refused(`at most ${MOST_AT_ONCE} operations at once on one socket`, 'TOO_MANY_REQUESTS');
      try {
        const document = parse(query, { maxTokens: TOKENS });
        const errors = validate(schema, document, [...specifiedRules, ...limits]);
        return errors.length ? errors : { schema, document, operationName, variableValues: variables, contextValue: await openVisit(ports, caller) };
      } catch (error) {
        return error instanceof GraphQLError ? [error] : refused('something went wrong on our side', 'INTERNAL');
      }
    },
    onNext: (_context, _id, _payload, _args, result) => (result.errors ? { ...result, errors: result.errors.map((error) => tell(formatted(error), error)) } : result),
    onError: (_context, _id, _payload, errors) => errors.map((error) => tell(formatted(error), error)),
  }, sockets);
  return { sockets, close: async () => { await disposable.dispose(); sockets.close(); } };
};

/** Subscriptions, and whatever else clients ask over a socket (graphql-transport-ws), on the same paths as HTTP. */
export const serveSockets = (server: Server, endpoints: Endpoint[], ports: Ports, verify: Verifier): { close(): Promise<void> } => {
  const served = new Map(endpoints.map((endpoint) => [endpoint.path, socketsOf(endpoint, ports, verify)]));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const found = served.get((request.url ?? '').split('?')[0] ?? '');
    if (!found) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    found.sockets.handleUpgrade(request, socket, head, (client) => found.sockets.emit('connection', client, request));
  });
  return { close: async () => void (await Promise.all([...served.values()].map((one) => one.close()))) };
};
