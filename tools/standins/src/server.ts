import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import {
  createBehaviour,
  isMisbehaviour,
  type Behaviour,
  type MisbehaveOptions,
  type Misbehaviour,
} from './behaviour.js';

/** A stateful stand-in for a vendor's API, on plain node:http. */
export interface Standin {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** The credential it accepts, in the form the connector's secret has. */
  secret: string;
  callLog(): LoggedCall[];
  state(): unknown;
  misbehave(mode: Misbehaviour, options?: MisbehaveOptions): void;
  stop(): Promise<void>;
}

/** `effect` only where the call changed something. */
export interface LoggedCall {
  at: number;
  method: string;
  path: string;
  effect?: string;
}

export interface StandinOptions {
  /** 0: any free one. */
  port?: number;
  /** Default 127.0.0.1; the control calls under /_standin answer on loopback only, whatever it is. */
  host?: string;
  /** Epoch ms; tests pass virtual time. */
  now?: () => number;
}

export interface StandinAnswer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface StandinRequest {
  /** From the path's {names}. */
  at: Record<string, string>;
  query: URLSearchParams;
  /** JSON or form, as an object. */
  body: Record<string, unknown>;
  /** Say it, change nothing. */
  lie: boolean;
  /** Notes in the call log what was changed. */
  effect(what: string): void;
}

export interface StandinRoute {
  method: string;
  path: string;
  /** Changes something: misbehaviour applies. */
  acts?: boolean;
  /** Answers without a credential. */
  open?: boolean;
  answer(asked: StandinRequest): StandinAnswer;
}

export interface Vendor {
  routes: StandinRoute[];
  secret: string;
  admits(authorization: string): boolean;
  /** In the vendor's own form. */
  unauthorized: StandinAnswer;
  notFound: StandinAnswer;
  rateLimited(): StandinAnswer;
  broken: StandinAnswer;
  state(): unknown;
}

const MAX_BODY_BYTES = 1024 * 1024;

export const startStandin = async (
  vendor: Vendor,
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
  vendor: Vendor;
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
  const { mode, slowMs, reset } = route.open
    ? { mode: 'honest' as const, slowMs: 0, reset: false }
    : behaviour.next(route.acts === true);
  if (mode === 'hang') return;
  if (mode === 'rate-limit') return send(response, vendor.rateLimited());
  const answer = route.answer({
    at,
    query: url.searchParams,
    body,
    lie: mode === 'lie',
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

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('too large');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (!text) return {};
  if (request.headers['content-type']?.includes('urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  const parsed: unknown = JSON.parse(text);
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
};

const send = (response: ServerResponse, { status, body, headers = {} }: StandinAnswer): void => {
  if (response.destroyed || response.headersSent) return;
  const text = body === undefined ? '' : JSON.stringify(body);
  response
    .writeHead(status, {
      ...(text ? { 'content-type': 'application/json' } : {}),
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
};
