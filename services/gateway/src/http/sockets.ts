import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { GraphqlEndpoint } from './endpoints.js';
import { tellError } from './errors.js';
import type { GatewayPorts } from './ports.js';
import type { CountedSocket } from './quotas.js';
import { executionOf, formatted } from './socket-operations.js';
import { closeIdle, sessionOf, tokenOf } from './socket-session.js';
import type { CallerVerifier } from './tokens.js';

const socketsOf = (
  { schema, path, bodyBytes, side }: GraphqlEndpoint,
  ports: GatewayPorts,
  verify: CallerVerifier,
  countedOf: WeakMap<object, CountedSocket>,
) => {
  if (!schema) throw new Error(`no schema at ${path}`);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: bodyBytes });
  const tell = tellError(ports.context.log);
  const { SOCKET_IDLE_MS } = ports.context.config;
  const disposable = useServer(
    {
      schema,
      onConnect: async (context) => {
        const session = sessionOf(context);
        const caller = await verify(tokenOf(context.connectionParams, session.request), side);
        session.counted = countedOf.get(session.socket);
        if (!caller || !session.counted?.isOf(caller)) return false;
        session.caller = caller;
        session.idle = closeIdle(context, SOCKET_IDLE_MS);
        return true;
      },
      onDisconnect: (context) => clearInterval(sessionOf(context).idle),
      onComplete: (context, id) => {
        const left = Object.keys(context.subscriptions).filter((one) => one !== id);
        sessionOf(context).counted?.holds(left.length);
      },
      onSubscribe: (context, _id, payload) =>
        executionOf(ports, schema, sessionOf(context), payload, Object.keys(context.subscriptions).length),
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
  verify: CallerVerifier,
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
