import type { IncomingMessage } from 'node:http';
import { isSource } from '#libs/terms';
import type { BodyFacts, BodyFormat } from './body-format.js';
import { ndjson } from './formats.js';
import { hecEvents, hecRaw } from './hec-formats.js';
import { otlp } from './otlp.js';
import { Refusal } from './refusal.js';

/** What a request is for. */
export interface IngestRoute {
  /** `ack`: what became of earlier ones is asked. */
  is: 'post' | 'ack' | 'health';
  format: BodyFormat;
  /** Splunk's HEC: channels, and `?source=` may be what Splunk calls the source of an event. */
  isHec: boolean;
  /** The source that is named by the path, the header X-Vigie-Source or the query. */
  source: string | undefined;
  facts: BodyFacts;
}

type HecDoor = 'event' | 'raw' | 'health' | 'ack';
const HEC = new Map<string, HecDoor>([
  ['/services/collector', 'event'],
  ['/services/collector/event', 'event'],
  ['/services/collector/raw', 'raw'],
  ['/services/collector/health', 'health'],
  ['/services/collector/ack', 'ack'],
]);

const urlOf = (request: IncomingMessage): URL => {
  const wanted = `http://collection${request.url ?? '/'}`;
  return new URL(URL.canParse(wanted) ? wanted : 'http://collection/');
};

/** The first header of a name. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const said = headers[name];
  return Array.isArray(said) ? said[0] : said;
};

const hecRoute = (what: HecDoor, facts: BodyFacts, source: string | undefined): IngestRoute => ({
  is: what === 'health' || what === 'ack' ? what : 'post',
  format: what === 'raw' ? hecRaw : hecEvents,
  isHec: true,
  source,
  facts,
});

const routes = (request: IncomingMessage, { pathname, searchParams: query }: URL): IngestRoute | undefined => {
  const facts = { contentType: headerOf(request, 'content-type') ?? '', query };
  const source = headerOf(request, 'x-vigie-source') ?? query.get('source') ?? undefined;
  // The version of the protocol may be said, and is the same for all.
  const hec = HEC.get(pathname.replace(/\/$/, '').replace(/\/1\.0$/, ''));
  if (hec) return hecRoute(hec, facts, source);
  if (pathname === '/v1/logs') return { is: 'post', format: otlp, isHec: false, source, facts };
  const [, named] = /^\/v1\/ingest\/([^/]+)$/.exec(pathname) ?? [];
  return named !== undefined && isSource(named)
    ? { is: 'post', format: ndjson, isHec: false, source: named, facts }
    : undefined;
};

/** The route of a request, whatever its method; undefined for a path that is none. */
export const routeIfAny = (request: IncomingMessage): IngestRoute | undefined => routes(request, urlOf(request));

/** @throws Refusal 404 or 405. */
export const routeOf = (request: IncomingMessage): IngestRoute => {
  const route = routeIfAny(request);
  if (!route)
    throw new Refusal(404, 'NO_SUCH_PATH', 'Post to /v1/ingest/<source>, /services/collector/event or /v1/logs.');
  // Docker's driver asks with OPTIONS whether anybody is there.
  const isAllowed = route.isHec && (route.is === 'health' || request.method === 'OPTIONS');
  if (request.method === 'POST' || (isAllowed && (request.method === 'GET' || request.method === 'OPTIONS')))
    return request.method === 'OPTIONS' ? { ...route, is: 'health' } : route;
  throw new Refusal(405, 'POST_ONLY', 'Use POST.');
};

/** @throws Refusal 401 without a token, or with a scheme that carries none. */
export const tokenOf = (request: IncomingMessage): string => {
  const said = request.headers.authorization?.trim() ?? '';
  if (said === '') throw new Refusal(401, 'NO_TOKEN', 'Send the header Authorization: Bearer <token>.');
  const [, plain] = /^(?:Bearer|Splunk) +([\w.~+/=-]{1,8192})$/i.exec(said) ?? [];
  if (plain !== undefined) return plain;
  const [, basic] = /^Basic +([\w+/=-]{1,16384})$/i.exec(said) ?? [];
  // The token is the password; what the user is called says nothing.
  const [, password] = /^[^:]*:([\w.~+/=-]{1,8192})$/.exec(Buffer.from(basic ?? '', 'base64').toString('latin1')) ?? [];
  if (password !== undefined) return password;
  throw new Refusal(
    401,
    'BAD_AUTHORIZATION',
    'Authorization is Bearer <token>, Splunk <token>, or Basic with the token as password.',
  );
};
