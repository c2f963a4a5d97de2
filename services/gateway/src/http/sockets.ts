import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type GraphQLFormattedError,
} from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { openVisit } from '../graphql/visit.js';
import type { GatewayPorts } from './ports.js';
import type { GatewayConfig } from '../config.js';
import type { Caller } from '../domain/scope.js';
import { limits, TOKENS, type GraphqlEndpoint } from './endpoints.js';
import { tellError } from './errors.js';
import type { CountedSocket } from './quotas.js';
import type { Verifier } from './tokens.js';

type Held = Extra & { caller?: Caller; counted?: CountedSocket; idle?: NodeJS.Timeout; asked?: boolean };

/** The token as a connection parameter (browsers cannot set headers) or as a header of the upgrade. */
const tokenOf = (
  parameters: Readonly<Record<string, unknown>> | undefined,
  request: IncomingMessage,
): string | undefined => {
  const said = parameters?.authorization ?? parameters?.Authorization;
  return typeof said === 'string' ? said : request.headers.authorization;
};

/** An error of the document itself says its code nowhere; what a resolver threw is looked at by its cause. */
const formatted = (error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError => {
  if (!(error instanceof GraphQLError)) return error;
  return {
    ...error.toJSON(),
    extensions: { ...(error.originalError ? {} : { code: 'GRAPHQL_VALIDATION_FAILED' }), ...error.extensions },
  };
};

/** Subscriptions and other operations under way on one socket. */
const MOST_AT_ONCE = 50;

const refused = (message: string, code: string): GraphQLError[] => [
  new GraphQLError(message, { extensions: { code } }),
];

/** Closed by the server for want of anything to do; close codes from 4000 on are an application's own. */
const IDLE = 4_408;

/** Closes a socket on which nothing was under way at two looks, half the time apart. */
const closeIdle = (
  { extra, subscriptions }: { extra: Extra; subscriptions: object },
  idleMs: number,
): NodeJS.Timeout => {
  let quiet = 0;
  return setInterval(() => {
    const held = extra as Held;
    quiet = held.asked || Object.keys(subscriptions).length > 0 ? 0 : quiet + 1;
    held.asked = false;
    if (quiet >= 2) held.socket.close(IDLE, 'nothing was asked for a long time');
  }, idleMs / 2).unref();
};

const socketsOf = (
  endpoint: GraphqlEndpoint,
  ports: GatewayPorts,
  verify: Verifier,
  countedOf: WeakMap<object, CountedSocket>,
) => {
  const { schema, bodyBytes, side } = endpoint;
  if (!schema) throw new Error(`no schema at ${endpoint.path}`);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyBytes });
  const tell = tellError(ports.context.log);
  const { SOCKET_IDLE_MS, OPERATION_WITHIN_MS } = ports.context.config as GatewayConfig;
  const disposable = useServer(
    {
      schema,
      onConnect: async (context) => {
        const { connectionParams, extra } = context;
        const held = extra as Held;
        const caller = await verify(tokenOf(connectionParams, extra.request), side);
        held.counted = countedOf.get(extra.socket);
        if (!caller || !held.counted?.isOf(caller)) return false;
        held.caller = caller;
        held.idle = closeIdle(context, SOCKET_IDLE_MS);
        return true;
      },
      onDisconnect: ({ extra }) => clearInterval((extra as Held).idle),
      onComplete: ({ extra, subscriptions }, id) =>
        void (extra as Held).counted?.holds(Object.keys(subscriptions).filter((one) => one !== id).length),
      onSubscribe: async (
        { extra, subscriptions },
        _id,
        { query, variables, operationName },
      ): Promise<ExecutionArgs | readonly GraphQLError[]> => {
        const { caller, counted } = extra as Held;
        if (!caller || caller.expiresAt < ports.context.clock.now())
          return refused('the token has ended', 'UNAUTHENTICATED');
        if (Object.keys(subscriptions).length > MOST_AT_ONCE)
          return refused(`at most ${MOST_AT_ONCE} operations at once on one socket`, 'TOO_MANY_REQUESTS');
        const waitMs = ports.quotas.request(caller, 0);
        if (waitMs > 0) return refused(`you ask faster than you may: wait ${waitMs} ms`, 'TOO_MANY_REQUESTS');
        try {
          const document = parse(query, { maxTokens: TOKENS });
          const errors = validate(schema, document, [...specifiedRules, ...limits]);
          if (errors.length) return errors;
          // A subscription goes on; each of its answers has reads of its own.
          const endless = getOperationAST(document, operationName)?.operation === 'subscription';
          const contextValue = await openVisit(ports, caller, endless ? undefined : OPERATION_WITHIN_MS);
          if (!counted?.holds(Object.keys(subscriptions).length))
            return refused('you listen to as much as you may: end something first', 'TOO_MANY_REQUESTS');
          (extra as Held).asked = true;
          return { schema, document, operationName, variableValues: variables, contextValue };
        } catch (error) {
          return error instanceof GraphQLError ? [error] : refused('something went wrong on our side', 'INTERNAL');
        }
      },
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors ? { ...result, errors: result.errors.map((error) => tell(formatted(error), error)) } : result,
      onError: (_context, _id, _payload, errors) => errors.map((error) => tell(formatted(error), error)),
    },
    sockets,
  );
  return {
    sockets,
    close: async () => {
      await disposable.dispose();
      sockets.close();
    },
  };
};

/** Subscriptions, and whatever else clients ask over a socket (graphql-transport-ws), on the same paths as HTTP. */
export const serveSockets = (
  server: Server,
  endpoints: GraphqlEndpoint[],
  ports: GatewayPorts,
  verify: Verifier,
): { close(): Promise<void> } => {
  const countedOf = new WeakMap<object, CountedSocket>();
  const served = new Map(endpoints.map((endpoint) => [endpoint.path, socketsOf(endpoint, ports, verify, countedOf)]));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const found = served.get((request.url ?? '').split('?')[0] ?? '');
    if (!found) return void socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
    const counted = ports.quotas.socket();
    if (!counted)
      return void socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n\r\n');
    // Also when the handshake fails and there is never a client.
    socket.once('close', () => counted.close());
    found.sockets.handleUpgrade(request, socket, head, (client) => {
      countedOf.set(client, counted);
      found.sockets.emit('connection', client, request);
    });
  });
  return { close: async () => void (await Promise.all([...served.values()].map((one) => one.close()))) };
};
