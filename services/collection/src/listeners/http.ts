import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isSource } from '#libs/terms';
import { arriving, checkAnnounced, type Arriving } from './body.js';
import { boundConnections, SERVER_OPTIONS, type MostConnections } from './connections.js';
import { hec, ndjson, otlp, type BodyFormat } from './formats.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { Refusal } from './refusal.js';
import type { ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import type { IngestPermit, IngestVerifier } from './tokens.js';

/** What the HTTP listener stands on. */
export interface HttpPorts {
  verify: IngestVerifier;
  /** Milliseconds until whoever bears the token may ask again; 0 or absent: at once. */
  paced?(permit: IngestPermit): number;
  /** Names of the registered sources of a tenant in service; undefined for no such tenant. */
  sourcesOf(tenant: string): string[] | undefined;
  /** Resolves when Kafka has all messages. */
  append(tenant: string, source: string, events: Buffer[]): Promise<void>;
  /** Of one request, unpacked. */
  mostBytes: number;
  /** For what Kafka does not have yet. */
  bytes: ByteBudget;
  connections: MostConnections;
  /** Any clock of ms that only counts up. */
  now(): number;
  log: { warn(fields: object, message: string): void };
}

interface IngestRoute {
  format: BodyFormat;
  /** Source named by the path or the query. */
  source?: string;
}

/** Requests of one tenant under way. */
const MOST_REQUESTS = 256;
/**
 * How long, and how much of, a body is read and dropped after its answer, so that a client that still sends gets it.
 */
const LINGER_MS = 10_000;

const routeOf = (request: IncomingMessage): IngestRoute | 'HEALTH' => {
  const wanted = `http://collection${request.url ?? '/'}`;
  const url = new URL(URL.canParse(wanted) ? wanted : 'http://collection/');
  const source = url.searchParams.get('source') ?? undefined;
  if (request.method === 'GET' && url.pathname === '/services/collector/health') return 'HEALTH';
  const route = routes(url.pathname, source);
  if (!route)
    throw new Refusal(404, 'NO_SUCH_PATH', 'Post to /v1/ingest/<source>, /services/collector/event or /v1/logs.');
  if (request.method !== 'POST') throw new Refusal(405, 'POST_ONLY', 'Use POST.');
  return route;
};

const routeIfAny = (request: IncomingMessage): IngestRoute | undefined => {
  try {
    const route = routeOf(request);
    return route === 'HEALTH' ? undefined : route;
  } catch {
    return undefined;
  }
};

const routes = (path: string, source: string | undefined): IngestRoute | undefined => {
  const [, named] = /^\/v1\/ingest\/([^/]+)$/.exec(path) ?? [];
  if (named !== undefined && isSource(named)) return { format: ndjson, source: named };
  if (path === '/services/collector/event' || path === '/services/collector') return { format: hec, source };
  return path === '/v1/logs' ? { format: otlp, source } : undefined;
};

const tokenOf = (request: IncomingMessage): string => {
  const [, token] = /^(?:Bearer|Splunk) ([\w.~+/=-]{1,8192})$/i.exec(request.headers.authorization ?? '') ?? [];
  if (token === undefined) throw new Refusal(401, 'NO_TOKEN', 'Send the header Authorization: Bearer <token>.');
  return token;
};

/** The source a request writes, if its token may. */
const permitted = (permit: IngestPermit, wanted: string | undefined, registered: string[] | undefined): string => {
  const allowed = permit.sources.length === 0 ? (registered ?? []) : permit.sources;
  const source = wanted ?? (allowed.length === 1 ? allowed[0] : undefined);
  if (source === undefined)
    throw new Refusal(400, 'NAME_A_SOURCE', 'The token permits several sources: name one with ?source=.');
  if (!allowed.includes(source) || !registered?.includes(source)) {
    throw new Refusal(
      403,
      'SOURCE_NOT_PERMITTED',
      `The token does not permit the source ${source}, or it is not registered.`,
    );
  }
  return source;
};

const checked = (events: Buffer[]): Buffer[] => {
  if (events.length === 0) throw new Refusal(400, 'EMPTY', 'The body holds no event.');
  const large = events.findIndex((event) => event.length > MOST_APPENDED_BYTES);
  if (large === -1) return events;
  throw new Refusal(
    413,
    'EVENT_TOO_LARGE',
    `Event ${large + 1} has ${events[large]?.length ?? 0} bytes; at most ${MOST_APPENDED_BYTES} are taken. Nothing of this request was accepted.`,
  );
};

interface IngestAnswer {
  status: number;
  body: object;
}

/** What is under way at one listener. */
interface RequestUnderWay {
  requests: CountLimit;
  bodies: Set<Arriving>;
  /** Answered while the client still sends: until when that is borne. */
  lingering: Map<IncomingMessage, number>;
}

/**
 * Holds no event while Kafka is waited for: a hundred thousand small ones weigh a hundred times what the room counts.
 */
const storing = (
  { append }: HttpPorts,
  tenant: string,
  source: string,
  events: Buffer[],
): { accepted: number; stored: Promise<void> } => ({
  accepted: checked(events).length,
  stored: append(tenant, source, events),
});

/** The body of a permitted request, read, cut into events and stored. */
const taken = async (
  ports: HttpPorts,
  { bodies }: RequestUnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  { tenant, source, format }: { tenant: string; source: string; format: BodyFormat },
): Promise<IngestAnswer> => {
  const held = ports.bytes.allot(tenant);
  checkAnnounced(request, ports.mostBytes);
  if (request.headers.expect !== undefined) response.writeContinue();
  const coming = arriving(request, { most: ports.mostBytes, held, from: ports.now() });
  bodies.add(coming);
  try {
    const body = await coming.body.finally(() => bodies.delete(coming));
    const { accepted, stored } = storing(ports, tenant, source, format.read(body));
    await stored.catch((error: unknown) => {
      ports.log.warn({ err: error, tenant, source }, 'not appended');
      throw new Refusal(503, 'UNAVAILABLE', 'The events could not be stored; send them again.');
    });
    return { status: format.status, body: { ...format.extra, accepted, bytes: body.length } };
  } finally {
    held.leave();
  }
};

const takeEvents =
  (ports: HttpPorts, underWay: RequestUnderWay) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<IngestAnswer> => {
    const route = routeOf(request);
    if (route === 'HEALTH') return { status: 200, body: { text: 'HEC is healthy', code: 17 } };
    const permit = await ports.verify(tokenOf(request));
    if (!permit) throw new Refusal(401, 'BAD_TOKEN', "The token is not valid, has expired or is not a partner's.");
    const { tenant } = permit;
    if ((ports.paced?.(permit) ?? 0) > 0)
      throw new Refusal(
        429,
        'TOO_FAST',
        'Requests come faster than this token may send them: send more events in each, or repeat after a second.',
      );
    const source = permitted(permit, route.source, ports.sourcesOf(tenant));
    if (!underWay.requests.enter(tenant))
      throw new Refusal(429, 'BUSY', `More than ${MOST_REQUESTS} requests are under way; repeat after a second.`);
    try {
      return await taken(ports, underWay, request, response, { tenant, source, format: route.format });
    } finally {
      underWay.requests.leave(tenant);
    }
  };

/** Says it in the terms of the protocol. */
const inTermsOf =
  (take: ReturnType<typeof takeEvents>): typeof take =>
  (request, response) =>
    take(request, response).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      const { format } = routeIfAny(request) ?? {};
      throw new Refusal(format?.instead?.[error.status] ?? error.status, error.code, error.message);
    });

const refusal = (error: unknown): IngestAnswer =>
  error instanceof Refusal
    ? { status: error.status, body: { error: { code: error.code, message: error.message } } }
    : {
        status: 503,
        body: { error: { code: 'UNAVAILABLE', message: 'Something failed here; send the events again.' } },
      };

const respond = (
  ports: HttpPorts,
  { lingering }: RequestUnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  { status, body }: IngestAnswer,
): void => {
  const bytes = Buffer.from(JSON.stringify(body));
  const retry = status === 429 || status === 503 ? { 'retry-after': '1' } : {};
  const isTooSlow = (body as { error?: { code: string } }).error?.code === 'TOO_SLOW';
  const ends = isTooSlow ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length, ...retry, ...ends });
  response.end(bytes);
  if (request.complete) return;
  // A client that still sends gets the answer, for a while.
  request.unpipe().resume();
  lingering.set(request, ports.now() + (isTooSlow ? 1_000 : LINGER_MS));
  request.once('close', () => lingering.delete(request));
};

/** A listener, and what is to be called every second: it ends what is too slow. */
export interface HttpListener {
  server: Server;
  sweep(): void;
}

/**
 * The HTTP listener: NDJSON at /v1/ingest/<source>, Splunk HEC, OTLP logs. It answers only after Kafka has the events;
 * tenant and sources come from the token. The caller listens, sweeps and closes.
 */
export const httpListener = (ports: HttpPorts): HttpListener => {
  const underWay: RequestUnderWay = {
    requests: new CountLimit(MOST_REQUESTS),
    bodies: new Set(),
    lingering: new Map(),
  };
  const take = inTermsOf(takeEvents(ports, underWay));
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    take(request, response)
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) ports.log.warn({ err: error }, 'a request failed');
        return refusal(error);
      })
      .then((answer) => respond(ports, underWay, request, response, answer))
      .catch(() => response.destroy());
  };
  // Who asks before he sends (Expect: 100-continue) hears of a refusal before he has sent.
  const server = createServer(SERVER_OPTIONS, handle).on('checkContinue', handle);
  boundConnections(server, ports.connections);
  return {
    server,
    sweep: () => {
      const now = ports.now();
      for (const body of underWay.bodies) body.sweep(now);
      for (const [request, until] of underWay.lingering) if (now > until) request.destroy();
    },
  };
};
