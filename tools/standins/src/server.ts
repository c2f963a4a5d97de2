import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HONEST, createBehaviour, isMisbehaviour, type Behaviour, type MisbehaveOptions } from './behaviour.js';
import { bodyOf, send } from './http.js';
import type { LoggedCall, Standin, StandinOptions, StandinRoute, StandinVendor } from './vendor.js';

export const startStandin = async (
  vendor: StandinVendor,
  { port = 0, host = '127.0.0.1', now = Date.now }: StandinOptions,
): Promise<Standin> => {
  const running: RunningServer = { vendor, now, calls: [], behaviour: createBehaviour() };
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://standin');
    const serve = url.pathname.startsWith('/_standin/') ? serveControl : serveApi;
    serve(running, request, response, url).catch(() => send(response, { status: 400 }));
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));

  return {
    url: `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${(server.address() as AddressInfo).port}`,
    secret: vendor.secret,
    callLog: () => [...running.calls],
    state: () => vendor.state(),
    misbehave: (mode, options) => running.behaviour.set(mode, options),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

interface RunningServer {
  vendor: StandinVendor;
  now: () => number;
  calls: LoggedCall[];
  behaviour: Behaviour;
}

const serveApi = async (
  { vendor, now, calls, behaviour }: RunningServer,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const logged: LoggedCall = { at: now(), method: request.method ?? '', path: url.pathname };
  calls.push(logged);
  const body = await bodyOf(request);
  const matched = match(vendor.routes, logged.method, url.pathname);
  if (!matched) return send(response, vendor.notFound);
  const { route, at } = matched;
  if (!route.open && !vendor.admits(request.headers.authorization ?? '')) return send(response, vendor.unauthorized);
  const { mode, slowMs, byMs, reset } = route.open ? HONEST : behaviour.next(route.acts === true);
  if (mode === 'hang') return;
  if (mode === 'rate-limit') return send(response, vendor.rateLimited());
  const answer = route.answer({
    at,
    query: url.searchParams,
    body,
    userAgent: request.headers['user-agent'] ?? '',
    mode,
    byMs,
    effect: (what) => {
      logged.effect = what;
    },
  });
  if (mode === 'slow') return void setTimeout(() => send(response, answer), slowMs).unref();
  if (mode === 'act-then-fail') return reset ? void request.socket.destroy() : send(response, vendor.broken);
  return send(response, answer);
};

const serveControl = async (
  { vendor, calls, behaviour }: RunningServer,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  if (!/^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '')) return send(response, { status: 403 });
  if (url.pathname === '/_standin/calls') return send(response, { status: 200, body: calls });
  if (url.pathname === '/_standin/state') return send(response, { status: 200, body: vendor.state() });
  if (url.pathname !== '/_standin/misbehave' || request.method !== 'POST') return send(response, { status: 404 });
  const { mode, ...options } = await bodyOf(request);
  if (!isMisbehaviour(mode)) return send(response, { status: 400, body: { message: 'no such mode' } });
  behaviour.set(mode, options as MisbehaveOptions);
  return send(response, { status: 200, body: { mode } });
};

const match = (
  routes: StandinRoute[],
  method: string,
  path: string,
): { route: StandinRoute; at: Record<string, string> } | undefined => {
  for (const route of routes) {
    const pattern = new RegExp(`^${route.path.replace(/[.]/g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const found = route.method === method ? pattern.exec(path) : null;
    if (found)
      return {
        route,
        at: Object.fromEntries(
          Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
        ),
      };
  }
  return undefined;
};
