/** What becomes of a request, by its route. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { siteOf } from './addresses.js';
import { arriving, checkAnnounced, noRoom, requestBody, type Arriving, type BodyBounds } from './body.js';
import type { DoorAnswer } from './body-format.js';
import type { RequestAllotment } from './byte-budget.js';
import { takeBulk } from './bulk.js';
import type { CountLimit } from './count-limit.js';
import { acksOf, checkedChannel, type HecChannel, type HecChannels } from './hec-channels.js';
import { hecBody, HecRefusal } from './hec-codes.js';
import { challengeAnswer, checkSigned, notSigned, takeHook, type HookRequest, type TakenHooks } from './hooks.js';
import {
  headerOf,
  routeOf,
  type BulkRoute,
  type EventsRoute,
  type HookRoute,
  type IngestRoute,
} from './http-routes.js';
import type { SignedRequest } from './hook-signatures.js';
import { permitOf, storedBody, withRoom, type BodyOwner, type IntakePorts } from './intake.js';
import { receiptsAnswer, type ReadReceipts } from './receipts-door.js';
import { Refusal } from './refusal.js';
import { permittedSource, sourcesByIndex } from './permitted-sources.js';
import { authorizationOf, tokenIn } from './tokens-sent.js';
import type { IngestPermit } from './tokens.js';
import { UNSIGNED_MS, type UnsignedRoom } from './unsigned-room.js';

/** What is under way at the HTTP listener. */
export interface RequestsUnderWay {
  requests: CountLimit;
  bodies: Set<Arriving>;
  channels: HecChannels;
  hooks: TakenHooks;
  unsigned: UnsignedRoom;
}

/** What a request may be about: to take something, or to tell what became of it. */
export interface RequestPorts extends IntakePorts {
  receipts?: ReadReceipts;
}

/** A request on its way. */
interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
}

/** Clients of Elasticsearch send up to 10 MB unless told otherwise. */
const BULK_IS_LARGER = 2;

interface BodyWanted extends Pick<BodyBounds, 'held' | 'longestMs'>, Partial<Pick<BodyBounds, 'most'>> {
  /** Hears of it while it is on its way. */
  begun?(coming: Arriving): void;
}

/** The whole body, with the room that it takes. */
const bodyOf = async (
  ports: IntakePorts,
  { bodies }: RequestsUnderWay,
  { request, response }: Exchange,
  { most = ports.mostBytes, begun, ...bounds }: BodyWanted,
): Promise<Buffer> => {
  checkAnnounced(request, most);
  if (request.headers.expect !== undefined) response.writeContinue();
  const coming = arriving(requestBody(request), { ...bounds, most, from: ports.now() });
  bodies.add(coming);
  begun?.(coming);
  return coming.body.finally(() => bodies.delete(coming));
};

/** How Splunk says that it listens. */
const health = ({ bytes }: Pick<IntakePorts, 'bytes'>): DoorAnswer => {
  const held = bytes.allot('health');
  const isOpen = held.take(1);
  held.leave();
  return isOpen ? { status: 200, body: hecBody(17) } : { status: 503, body: hecBody(18) };
};

const channelOf = (
  request: IncomingMessage,
  { isHec, facts }: IngestRoute,
  { tenant, subject }: IngestPermit,
): HecChannel | undefined => {
  if (!isHec) return undefined;
  const said = headerOf(request, 'x-splunk-request-channel') ?? facts.query.get('channel') ?? undefined;
  const channel = checkedChannel(said);
  if (channel === undefined) return undefined;
  return { sender: { tenant, subject }, channel, site: siteOf(request.socket.remoteAddress) };
};

interface EventsToTake {
  route: EventsRoute;
  owner: BodyOwner;
  channel: HecChannel | undefined;
  held: RequestAllotment;
}

const takenEvents = async (
  ports: IntakePorts,
  { channels }: RequestsUnderWay,
  { route, owner, channel, held }: EventsToTake,
  body: Buffer,
): Promise<DoorAnswer> => {
  const { format, facts } = route;
  const { refusal, ...what } = await storedBody(ports, owner, { format, facts, held }, body);
  if (refusal) return format.refused(refusal, facts);
  const ackId = channel === undefined ? undefined : channels.next(channel);
  return format.taken({ ...what, bytes: body.length, ackId }, facts);
};

const takeEvents = async (
  ports: IntakePorts,
  underWay: RequestsUnderWay,
  exchange: Exchange,
  { permit, route }: { permit: IngestPermit; route: EventsRoute },
): Promise<DoorAnswer> => {
  const { tenant } = permit;
  const channel = channelOf(exchange.request, route, permit);
  if (route.is === 'ack' && !channel) throw new HecRefusal(10);
  const source = route.is === 'ack' ? '' : permittedSource(permit, route, ports.sourcesOf(tenant));
  // It named our source, and says nothing of the events.
  if (route.facts.query.get('source') === source) route.facts.query.delete('source');
  return withRoom(ports, underWay.requests, tenant, async (held) => {
    const body = await bodyOf(ports, underWay, exchange, { held });
    if (route.is === 'ack' && channel) return { status: 200, body: acksOf(underWay.channels, channel, body) };
    return takenEvents(ports, underWay, { route, owner: { tenant, source }, channel, held }, body);
  });
};

const takeItems = async (
  ports: IntakePorts,
  underWay: RequestsUnderWay,
  exchange: Exchange,
  { permit, route }: { permit: IngestPermit; route: BulkRoute },
): Promise<DoorAnswer> => {
  const { tenant } = permit;
  const { append, log, now } = ports;
  const sourceOf = sourcesByIndex(permit, route.source, ports.sourcesOf(tenant));
  return withRoom(ports, underWay.requests, tenant, async (held) => {
    const body = await bodyOf(ports, underWay, exchange, { held, most: BULK_IS_LARGER * ports.mostBytes });
    const bulk = {
      append: (...to: [source: string, events: Buffer[], how: object]) => append(tenant, ...to),
      notAppended: (error: unknown, source: string) => log.warn({ err: error, tenant, source }, 'not appended'),
      sourceOf,
      now,
    };
    return takeBulk(bulk, body, route);
  });
};

/** The body of a hook and how it is signed, in room that is not its tenant's. @throws Refusal */
const signedBody = async (
  ports: IntakePorts,
  underWay: RequestsUnderWay,
  exchange: Exchange,
  request: HookRequest,
): Promise<{ signed: SignedRequest; body: Buffer }> => {
  const sender = { hook: `${request.tenant} ${request.id}`, address: exchange.request.socket.remoteAddress };
  const held = underWay.unsigned.enter(sender, ports.bytes, ports.mostBytes);
  if (!held) throw noRoom();
  try {
    const begun = (coming: Arriving): void => held.whenDisplaced(() => coming.refuse(noRoom()));
    const body = await bodyOf(ports, underWay, exchange, { held, longestMs: UNSIGNED_MS, begun });
    return { body, signed: checkSigned(request, body, ports.hooks?.nowMs() ?? Number.NaN) };
  } finally {
    held.leave();
  }
};

const takeHooked = async (
  ports: IntakePorts,
  underWay: RequestsUnderWay,
  exchange: Exchange,
  { tenant, id, facts }: HookRoute,
): Promise<DoorAnswer> => {
  const { headers, method } = exchange.request;
  const hook = ports.hooks?.find(tenant, id);
  if (method === 'GET') return challengeAnswer(hook, headers);
  if (!hook) throw notSigned();
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new Refusal(415, 'UNKNOWN_ENCODING', 'A webhook is signed as it is sent: not packed.');
  const request = { tenant, id, hook, headers, facts };
  const { body, signed } = await signedBody(ports, underWay, exchange, request);
  return withRoom(ports, underWay.requests, `${tenant} hooks`, async (held) => {
    if (!held.take(body.length)) throw noRoom();
    return takeHook(ports, underWay.hooks, request, { signed, body, held });
  });
};

/** @throws Refusal when it is not taken, or HecRefusal. */
export const answerOf = async (
  ports: RequestPorts,
  underWay: RequestsUnderWay,
  exchange: Exchange,
): Promise<DoorAnswer> => {
  const told = ports.receipts && (await receiptsAnswer(ports, ports.receipts, exchange.request));
  if (told) return told;
  const route = routeOf(exchange.request);
  if (route.is === 'health') return health(ports);
  if (route.is === 'hook') return takeHooked(ports, underWay, exchange, route);
  const permit = await permitOf(ports, tokenIn(authorizationOf(exchange.request.headers)));
  if (route.is === 'about') return route.answer;
  return route.is === 'bulk'
    ? takeItems(ports, underWay, exchange, { permit, route })
    : takeEvents(ports, underWay, exchange, { permit, route });
};
