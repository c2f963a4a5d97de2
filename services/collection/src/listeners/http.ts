import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BodyFacts, DoorAnswer } from './body-format.js';
import { boundConnections, MOST_HEADERS, SERVER_OPTIONS, type MostConnections } from './connections.js';
import { CountLimit } from './count-limit.js';
import { ndjson } from './formats.js';
import { HecChannels } from './hec-channels.js';
import { TakenHooks } from './hooks.js';
import { answerOf, type RequestPorts, type RequestsUnderWay } from './http-requests.js';
import { routeIfAny } from './http-routes.js';
import { MOST_REQUESTS } from './intake.js';
import { Refusal } from './refusal.js';
import { UnsignedRoom } from './unsigned-room.js';

/** What the HTTP listener stands on. */
export interface HttpPorts extends RequestPorts {
  connections: MostConnections;
  /** Requests of a tenant under way, counted with those of other doors; of this alone unless said. */
  requests?: CountLimit;
}

/**
 * How long, and how much of, a body is read and dropped after its answer, so that a client that still sends gets it.
 */
const LINGER_MS = 10_000;

interface IngestAnswer extends DoorAnswer {
  /** The connection ends with it. */
  ends?: boolean;
}

/** Answered while the client still sends: until when that is borne. */
type Lingering = Map<IncomingMessage, number>;

const UNKNOWN = new Refusal(503, 'UNAVAILABLE', 'Something failed here; send the events again.');
const NO_FACTS: BodyFacts = { contentType: '', query: new URLSearchParams() };

/** A refusal, in the terms of the protocol. */
const refused = (error: unknown, request: IncomingMessage): IngestAnswer => {
  const refusal = error instanceof Refusal ? error : UNKNOWN;
  const route = routeIfAny(request);
  const answer = route?.refused(refusal, route.facts) ?? ndjson.refused(refusal, NO_FACTS);
  return { ...answer, ends: refusal.code === 'TOO_SLOW' };
};

const respond = (
  ports: HttpPorts,
  lingering: Lingering,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
  { status, body, type = 'application/json', headers, ends: isTooSlow }: IngestAnswer,
): void => {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const retry = status === 429 || status === 503 ? { 'retry-after': '1' } : {};
  const ends = isTooSlow ? { connection: 'close' } : {};
  response.writeHead(status, { ...headers, 'content-type': type, 'content-length': bytes.length, ...retry, ...ends });
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
 * The HTTP listener: NDJSON at /v1/ingest/<source>, Splunk HEC, OTLP logs, Elasticsearch's _bulk, webhooks. It answers
 * only after Kafka has the events; tenant and sources come from the token, or are those of a registered webhook. The
 * caller listens, sweeps and closes.
 */
export const httpListener = (ports: HttpPorts): HttpListener => {
  const lingering: Lingering = new Map();
  const underWay: RequestsUnderWay = {
    requests: ports.requests ?? new CountLimit(MOST_REQUESTS),
    bodies: new Set(),
    channels: new HecChannels(),
    hooks: new TakenHooks(ports.now),
    unsigned: new UnsignedRoom(ports.connections.ofAddress < ports.connections.total, ports.now),
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const exchange = { request, response };
    answerOf(ports, underWay, exchange)
      .catch((error: unknown) => {
        if (!(error instanceof Refusal)) ports.log.warn({ err: error }, 'a request failed');
        return refused(error, request);
      })
      .then((answer) => respond(ports, lingering, exchange, answer))
      .catch(() => response.destroy());
  };
  // Who asks before he sends (Expect: 100-continue) hears of a refusal before he has sent.
  const server = createServer(SERVER_OPTIONS, handle).on('checkContinue', handle);
  server.maxHeadersCount = MOST_HEADERS;
  boundConnections(server, ports.connections);
  return {
    server,
    sweep: () => {
      const now = ports.now();
      for (const body of underWay.bodies) body.sweep(now);
      for (const [request, until] of lingering) if (now > until) request.destroy();
    },
  };
};
