import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { arriving, checkAnnounced, type Arriving } from './body.js';
import type { BodyFacts, BodyFormat, DoorAnswer, TakenBody } from './body-format.js';
import { boundConnections, SERVER_OPTIONS, type MostConnections } from './connections.js';
import type { ByteAllotment, ByteBudget } from './byte-budget.js';
import { CountLimit } from './count-limit.js';
import { ndjson } from './formats.js';
import { acksOf, checkedChannel, HecChannels } from './hec-channels.js';
import { hecBody, HecRefusal } from './hec-codes.js';
import type { AppendedHow } from './ingest-records.js';
import { MOST_APPENDED_BYTES } from './packing.js';
import { Refusal } from './refusal.js';
import { headerOf, routeIfAny, routeOf, tokenOf, type IngestRoute } from './http-routes.js';
import type { IngestPermit, IngestVerifier } from './tokens.js';

/** What the HTTP listener stands on. */
export interface HttpPorts {
  verify: IngestVerifier;
  /** Milliseconds until whoever bears the token may ask again; 0 or absent: at once. */
  paced?(permit: IngestPermit): number;
  /** Names of the registered sources of a tenant in service; undefined for no such tenant. */
  sourcesOf(tenant: string): string[] | undefined;
  /** Resolves when Kafka has all messages. */
  append(tenant: string, source: string, events: Buffer[], how: Pick<AppendedHow, 'enveloped'>): Promise<void>;
  /** Of one request, unpacked. */
  mostBytes: number;
  /** For what Kafka does not have yet. */
  bytes: ByteBudget;
  connections: MostConnections;
  /** Any clock of ms that only counts up. */
  now(): number;
  log: { warn(fields: object, message: string): void };
}

/** Requests of one tenant under way. */
const MOST_REQUESTS = 256;
/**
 * How long, and how much of, a body is read and dropped after its answer, so that a client that still sends gets it.
 */
const LINGER_MS = 10_000;

/** The source a request writes, if its token may. */
const permitted = (permit: IngestPermit, route: IngestRoute, registered: string[] = []): string => {
  const allowed = (permit.sources.length === 0 ? registered : permit.sources).filter((one) => registered.includes(one));
  const only = permit.sources.length <= 1 && allowed.length === 1 ? allowed[0] : undefined;
  // What Splunk calls the source of an event is no source of ours.
  const wanted = route.isHec && only !== undefined ? only : route.source;
  const source = wanted ?? (permit.sources.length === 1 ? permit.sources[0] : only);
  if (source === undefined)
    throw new Refusal(400, 'NAME_A_SOURCE', 'The token permits several sources: name one with ?source=.');
  if (!allowed.includes(source)) {
    throw new Refusal(
      403,
      'SOURCE_NOT_PERMITTED',
      `The token does not permit the source ${source}, or it is not registered.`,
    );
  }
  return source;
};

const checked = (events: Buffer[], { mayBeEmpty }: BodyFormat): Buffer[] => {
  if (events.length === 0 && !mayBeEmpty) throw new Refusal(400, 'EMPTY', 'The body holds no event.');
  const large = events.findIndex((event) => event.length > MOST_APPENDED_BYTES);
  if (large === -1) return events;
  throw new Refusal(
    413,
    'EVENT_TOO_LARGE',
    `Event ${large + 1} has ${events[large]?.length ?? 0} bytes; at most ${MOST_APPENDED_BYTES} are taken. Nothing of this request was accepted.`,
  );
};

interface IngestAnswer extends DoorAnswer {
  /** The connection ends with it. */
  ends?: boolean;
}

/** What is under way at one listener. */
interface RequestUnderWay {
  requests: CountLimit;
  bodies: Set<Arriving>;
  /** Answered while the client still sends: until when that is borne. */
  lingering: Map<IncomingMessage, number>;
  channels: HecChannels;
}

/** A request that may be answered by what it says. */
interface PermittedRequest {
  tenant: string;
  source: string;
  route: IngestRoute;
  /** Of HEC: whose acknowledgements it asks for. */
  channel: string | undefined;
}

/** The whole body, with the room that it takes. */
const bodyOf = async (
  ports: HttpPorts,
  { bodies }: RequestUnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  held: ByteAllotment,
): Promise<Buffer> => {
  checkAnnounced(request, ports.mostBytes);
  if (request.headers.expect !== undefined) response.writeContinue();
  const coming = arriving(request, { most: ports.mostBytes, held, from: ports.now() });
  bodies.add(coming);
  return coming.body.finally(() => bodies.delete(coming));
};

/**
 * What becomes of a body. Holds no event while Kafka is waited for: a hundred thousand small ones weigh a hundred times
 * what the room counts.
 */
const storing = (
  { append }: HttpPorts,
  { tenant, source, route: { format, facts } }: PermittedRequest,
  body: Buffer,
): { accepted: number; stored: Promise<void> } & Pick<TakenBody, 'rejected' | 'refusal'> => {
  const { events, enveloped, rejected, refusal } = format.read(body, facts);
  const accepted = checked(events, format).length;
  const stored = accepted === 0 ? Promise.resolve() : append(tenant, source, events, { enveloped });
  return { accepted, stored, rejected, refusal };
};

/** The body of a permitted request, read, cut into events and stored. */
const taken = async (
  ports: HttpPorts,
  { channels }: RequestUnderWay,
  body: Buffer,
  permittedRequest: PermittedRequest,
): Promise<IngestAnswer> => {
  const { tenant, source, route, channel } = permittedRequest;
  const { stored, refusal, ...what } = storing(ports, permittedRequest, body);
  await stored.catch((error: unknown) => {
    ports.log.warn({ err: error, tenant, source }, 'not appended');
    throw new Refusal(503, 'UNAVAILABLE', 'The events could not be stored; send them again.');
  });
  if (refusal) return route.format.refused(refusal, route.facts);
  const ackId = channel === undefined ? undefined : channels.next(channel);
  return route.format.taken({ ...what, bytes: body.length, ackId }, route.facts);
};

/** How Splunk says that it listens. */
const health = ({ bytes }: HttpPorts): IngestAnswer => {
  const held = bytes.allot('health');
  const isOpen = held.take(1);
  held.leave();
  return isOpen ? { status: 200, body: hecBody(17) } : { status: 503, body: hecBody(18) };
};

const channelOf = (request: IncomingMessage, { isHec, facts }: IngestRoute, tenant: string): string | undefined => {
  if (!isHec) return undefined;
  const said = headerOf(request, 'x-splunk-request-channel') ?? facts.query.get('channel') ?? undefined;
  const channel = checkedChannel(said);
  return channel === undefined ? undefined : `${tenant} ${channel}`;
};

const permitOf = async (ports: HttpPorts, request: IncomingMessage): Promise<IngestPermit> => {
  const permit = await ports.verify(tokenOf(request));
  if (!permit) throw new Refusal(401, 'BAD_TOKEN', "The token is not valid, has expired or is not a partner's.");
  if ((ports.paced?.(permit) ?? 0) > 0)
    throw new Refusal(
      429,
      'TOO_FAST',
      'Requests come faster than this token may send them: send more events in each, or repeat after a second.',
    );
  return permit;
};

const takeEvents =
  (ports: HttpPorts, underWay: RequestUnderWay) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<IngestAnswer> => {
    const route = routeOf(request);
    if (route.is === 'health') return health(ports);
    const permit = await permitOf(ports, request);
    const { tenant } = permit;
    const channel = channelOf(request, route, tenant);
    if (route.is === 'ack' && channel === undefined) throw new HecRefusal(10);
    const source = route.is === 'ack' ? '' : permitted(permit, route, ports.sourcesOf(tenant));
    // It named our source, and says nothing of the events.
    if (route.facts.query.get('source') === source) route.facts.query.delete('source');
    if (!underWay.requests.enter(tenant))
      throw new Refusal(429, 'BUSY', `More than ${MOST_REQUESTS} requests are under way; repeat after a second.`);
    const held = ports.bytes.allot(tenant);
    try {
      const body = await bodyOf(ports, underWay, request, response, held);
      if (route.is === 'ack') return { status: 200, body: acksOf(underWay.channels, channel ?? '', body) };
      return await taken(ports, underWay, body, { tenant, source, route, channel });
    } finally {
      held.leave();
      underWay.requests.leave(tenant);
    }
  };

const UNKNOWN = new Refusal(503, 'UNAVAILABLE', 'Something failed here; send the events again.');

/** A refusal, in the terms of the protocol. */
const refused = (error: unknown, request: IncomingMessage): IngestAnswer => {
  const refusal = error instanceof Refusal ? error : UNKNOWN;
  const route = routeIfAny(request);
  const answer = route?.format.refused(refusal, route.facts) ?? ndjson.refused(refusal, NO_FACTS);
  return { ...answer, ends: refusal.code === 'TOO_SLOW' };
};

const NO_FACTS: BodyFacts = { contentType: '', query: new URLSearchParams() };

const respond = (
  ports: HttpPorts,
  { lingering }: RequestUnderWay,
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, type = 'application/json', ends: isTooSlow }: IngestAnswer,
): void => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const retry = status === 429 || status === 503 ? { 'retry-after': '1' } : {};
  const ends = isTooSlow ? { connection: 'close' } : {};
  response.writeHead(status, { 'content-type': type, 'content-length': bytes.length, ...retry, ...ends });
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
    channels: new HecChannels(),
  };
  const take = takeEvents(ports, underWay);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    take(request, response)
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) ports.log.warn({ err: error }, 'a request failed');
        return refused(error, request);
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
