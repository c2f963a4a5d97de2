import type { Json, JsonObject } from '../../json.js';
import { textAt } from './derived.js';
import type { WebLine } from './web-lines.js';

const ADDRESSES = [
  'url.original',
  'url.full',
  'c-uri',
  'cs-uri',
  'http.url',
  'url',
  'URL',
  'request_url',
  'requestUrl',
  'request_uri',
  'ClientRequestURI',
  'cs_uri',
  'uri',
  'request.url',
  'event.url',
  'event.eurl',
  'eurl',
  'request',
  'cs-uri-stem',
  'cs-uri-path',
  'url.path',
  'path',
  'ClientRequestPath',
  'RequestPath',
  'reqPath',
];
/** What was asked for: the address with its query, the query, and what a whole request says besides. */
export type SaidAddress = { address?: string; query?: string; request?: Record<string, Json | undefined> };

/** The address that an event or its line tells. */
export const addressOf = (event: JsonObject, line: WebLine): SaidAddress => {
  const told = line.request ?? textAt(event, ...ADDRESSES);
  const isLine = line.request !== undefined;
  const said = told === undefined ? undefined : requestOf(told, isLine);
  const query = withoutMark(
    textAt(event, 'cs-uri-query', 'url.query', 'query_string', 'QueryString', 'args', 'ClientRequestQuery', 'queryStr'),
  );
  return {
    address: withQuery(said?.address ?? (isLine || told === '-' ? undefined : told), query),
    query,
    ...(said === undefined ? {} : { request: { 'cs-method': said.method, 'cs-version': said.version } }),
  };
};

const METHOD = /^[A-Z][A-Z_-]{1,31}$/;
const ANY_METHOD = /^[A-Za-z][A-Za-z_-]{0,31}$/;

/** `GET /path HTTP/1.1`, whose path may hold blanks; undefined when it is an address or nothing like it. */
const requestOf = (
  request: string,
  isLine: boolean,
): { method: string; address: string; version?: string } | undefined => {
  const blank = request.indexOf(' ');
  const method = request.slice(0, Math.max(blank, 0));
  if (!(isLine ? ANY_METHOD : METHOD).test(method)) return undefined;
  const [, version] = / HTTP\/([\d.]{1,8})$/.exec(request.slice(-16)) ?? [];
  const address = request.slice(blank + 1, version === undefined ? undefined : -` HTTP/${version}`.length).trim();
  return address === '' ? undefined : { method, address, version };
};

const withoutMark = (query: string | undefined): string | undefined =>
  query?.startsWith('?') ? query.slice(1) : query === '-' ? undefined : query;
const withQuery = (address: string | undefined, query: string | undefined): string | undefined =>
  address === undefined || query === undefined || query === '' || address.includes('?')
    ? address
    : `${address}?${query}`;
