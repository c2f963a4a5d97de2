import type { IncomingMessage } from 'node:http';
import { isSource, isTenant, isUrl } from '#libs/terms';
import type { BodyFacts, BodyFormat, DoorAnswer } from './body-format.js';
import { elasticAnswer, elasticRefused } from './bulk-answers.js';
import { handshakeOf } from './bulk-handshake.js';
import { mayDeliver, validation } from './event-grid.js';
import { firehose } from './firehose.js';
import { ndjson } from './formats.js';
import { hecEvents, hecRaw } from './hec-formats.js';
import { otlp } from './otlp.js';
import { Refusal } from './refusal.js';

interface AnyRoute {
  /** The source that is named by the path, the header X-Vigie-Source or the query. */
  source: string | undefined;
  facts: BodyFacts;
  refused: BodyFormat['refused'];
  /** Splunk's HEC: channels, and `?source=` may be what Splunk calls the source of an event. */
  isHec: boolean;
}

/** Events of one source; `ack`: what became of earlier ones is asked. */
export interface EventsRoute extends AnyRoute {
  is: 'post' | 'ack' | 'health';
  format: BodyFormat;
}

/** Elasticsearch's `_bulk`: the index of the path; each item may name another. */
export interface BulkRoute extends AnyRoute {
  is: 'bulk';
  index: string | undefined;
}

/** A registered webhook, which has a key instead of a token. */
export interface HookRoute extends AnyRoute {
  is: 'hook';
  tenant: string;
  id: string;
}

/** What is answered to whoever bears a token, and nothing is taken. */
interface AboutRoute extends AnyRoute {
  is: 'about';
  answer: DoorAnswer;
}

/** What a request is for. */
export type IngestRoute = EventsRoute | BulkRoute | HookRoute | AboutRoute;

type HecDoor = 'event' | 'raw' | 'health' | 'ack';
const HEC = new Map<string, HecDoor>([
  ['/services/collector', 'event'],
  ['/services/collector/event', 'event'],
  ['/services/collector/raw', 'raw'],
  ['/services/collector/health', 'health'],
  ['/services/collector/ack', 'ack'],
]);

/** Its address, whatever stands there. */
export const urlOf = (request: Pick<IncomingMessage, 'url'>): URL => {
  const wanted = `http://collection${request.url ?? '/'}`;
  return new URL(isUrl(wanted) ? wanted : 'http://collection/');
};

/** The first header of a name. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const said = headers[name];
  return Array.isArray(said) ? said[0] : said;
};

const eventsRoute = (
  format: BodyFormat,
  facts: BodyFacts,
  source: string | undefined,
  is: EventsRoute['is'] = 'post',
): EventsRoute => ({ is, format, refused: format.refused, isHec: false, source, facts });

const hecRoute = (what: HecDoor, facts: BodyFacts, source: string | undefined): EventsRoute => ({
  ...eventsRoute(
    what === 'raw' ? hecRaw : hecEvents,
    facts,
    source,
    what === 'health' || what === 'ack' ? what : 'post',
  ),
  isHec: true,
});

/** Firehose says by a header of its own that it sends, and Event Grid that it asks. */
const ingestFormat = (request: IncomingMessage): BodyFormat => {
  if (headerOf(request, 'aeg-event-type') === 'SubscriptionValidation') return validation();
  const requestId = headerOf(request, 'x-amz-firehose-request-id');
  const attributes = headerOf(request, 'x-amz-firehose-common-attributes');
  return requestId === undefined ? ndjson : firehose({ requestId, attributes });
};

const ingestRoute = (request: IncomingMessage, facts: BodyFacts, source: string): EventsRoute | AboutRoute => {
  const answer = request.method === 'OPTIONS' ? mayDeliver(headerOf(request, 'webhook-request-origin')) : undefined;
  const route = eventsRoute(ingestFormat(request), facts, source);
  return answer ? { is: 'about', answer, refused: route.refused, isHec: false, source, facts } : route;
};

const HOOK = /^\/v1\/hooks\/([^/]+)\/([\w.-]{1,80})$/;
const BULK = /^(?:\/([^/_][^/]*))?\/_bulk$/;

const elasticRoute = (
  method: string | undefined,
  pathname: string,
  facts: BodyFacts,
  source: string | undefined,
): BulkRoute | AboutRoute | undefined => {
  const common = { refused: elasticRefused, isHec: false, source, facts };
  const bulk = BULK.exec(pathname);
  if (bulk) return { ...common, is: 'bulk', index: bulk[1] === undefined ? undefined : decoded(bulk[1]) };
  const body = handshakeOf(method ?? '', pathname);
  return body && { ...common, is: 'about', answer: elasticAnswer(200, body, facts) };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const routes = (request: IncomingMessage, { pathname, searchParams: query }: URL): IngestRoute | undefined => {
  const facts = {
    contentType: headerOf(request, 'content-type') ?? '',
    accept: headerOf(request, 'accept') ?? '',
    query,
  };
  const source = headerOf(request, 'x-vigie-source') ?? query.get('source') ?? undefined;
  // The version of the protocol may be said, and is the same for all.
  const hec = HEC.get(pathname.replace(/\/$/, '').replace(/\/1\.0$/, ''));
  if (hec) return hecRoute(hec, facts, source);
  if (pathname === '/v1/logs') return eventsRoute(otlp, facts, source);
  const [, named] = /^\/v1\/ingest\/([^/]+)$/.exec(pathname) ?? [];
  if (named !== undefined) return isSource(named) ? ingestRoute(request, facts, named) : undefined;
  const [, tenant = '', id = ''] = HOOK.exec(pathname) ?? [];
  if (isTenant(tenant))
    return { is: 'hook', tenant, id, refused: ndjson.refused, isHec: false, source: undefined, facts };
  return elasticRoute(request.method, pathname, facts, source);
};

/** The route of a request, whatever its method; undefined for a path that is none. */
export const routeIfAny = (request: IncomingMessage): IngestRoute | undefined => routes(request, urlOf(request));

/** @throws Refusal 404 or 405. */
export const routeOf = (request: IncomingMessage): IngestRoute => {
  const route = routeIfAny(request);
  if (!route)
    throw new Refusal(
      404,
      'NO_SUCH_PATH',
      'Post to /v1/ingest/<source>, /services/collector/event, /v1/logs or /_bulk.',
    );
  if (route.is === 'hook' && request.method === 'GET') return route;
  if (route.is === 'about' || (route.is === 'bulk' && request.method === 'PUT')) return route;
  // Docker's driver asks with OPTIONS whether anybody is there.
  const isAllowed = route.isHec && (route.is === 'health' || request.method === 'OPTIONS');
  if (request.method === 'POST' || (isAllowed && (request.method === 'GET' || request.method === 'OPTIONS')))
    return request.method === 'OPTIONS' && route.is !== 'bulk' && route.is !== 'hook'
      ? { ...route, is: 'health' }
      : route;
  throw new Refusal(405, 'POST_ONLY', 'Use POST.');
};
