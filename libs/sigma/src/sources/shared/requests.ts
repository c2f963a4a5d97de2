import type { Json, JsonObject } from '../../json.js';
import { compact, isObject, textAt, type Derived } from './derived.js';
import { withoutPercents } from '../../lines/quoted.js';
import { webLineOf, type WebLine } from './web-lines.js';

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
  'request',
  'cs-uri-stem',
  'cs-uri-path',
  'url.path',
  'path',
  'ClientRequestPath',
];
/** What a server is called by its own settings or by who sent its log. */
const SERVERS = ['host.name', 'host.hostname', 'hostname', 's-computername', 'server_name', 'ZoneName'];

/**
 * Requests of proxies and web servers: the address, and its stem, query and extension, whichever of them the log has,
 * as they were written and percent-decoded. As Sigma's rules for web servers look for paths in `cs-uri-query` too, it
 * has more values: the query, and the stem with the query. `derived.server` is what the server is called by its own
 * settings or by who sent its log, never by a client.
 */
export const web = (native: JsonObject): Derived => {
  const line = webLineOf(native) ?? { fields: {} };
  const own = unsaid(line.fields, native);
  const event: JsonObject = { ...own, ...native };
  const { address, ...said } = addressOf(event, line);
  const parts = address === undefined ? undefined : partsOf(address);
  return {
    ...(line.service === undefined ? {} : { service: line.service }),
    fields: compact({
      ...(line.isKnown === true ? line.fields : own),
      ...said.request,
      ...fieldsOfAddress(event, address, parts),
      'c-uri-query': asServed(parts?.query ?? said.query),
      'cs-host': hostOf(event, parts?.host ?? line.server),
      'derived.server': textAt(native, ...SERVERS) ?? line.host ?? textAt(event, 's-computername') ?? line.server,
    }),
  };
};

/** Fields that the event does not say itself. */
const unsaid = (fields: JsonObject, native: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(native, name)));

type SaidAddress = { address?: string; query?: string; request?: Record<string, Json | undefined> };

const addressOf = (event: JsonObject, line: WebLine): SaidAddress => {
  const told = line.request ?? textAt(event, ...ADDRESSES);
  const isLine = line.request !== undefined;
  const said = told === undefined ? undefined : requestOf(told, isLine);
  const query = withoutMark(
    textAt(event, 'cs-uri-query', 'url.query', 'query_string', 'QueryString', 'args', 'ClientRequestQuery'),
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

const fieldsOfAddress = (
  event: JsonObject,
  address: string | undefined,
  parts: AddressParts | undefined,
): Record<string, Json | undefined> => {
  const [whole, stem, told] = [asServed(address), asServed(parts?.stem), textAt(event, 'cs-uri-stem')];
  return {
    'c-uri': whole,
    'cs-uri': whole,
    'c-uri-stem': stem,
    'cs-uri-stem': told === undefined || told === parts?.stem ? stem : asServed(told),
    'cs-uri-query': parts && asServed(parts.query, parts.stem + (parts.query === '' ? '' : `?${parts.query}`)),
    'c-uri-extension':
      textAt(event, 'c-uri-extension', 'url.extension') ??
      /\.([A-Za-z0-9]{1,10})$/.exec(withoutPercents(parts?.stem ?? ''))?.[1],
  };
};

const withoutMark = (query: string | undefined): string | undefined =>
  query?.startsWith('?') ? query.slice(1) : query === '-' ? undefined : query;
const withQuery = (address: string | undefined, query: string | undefined): string | undefined =>
  address === undefined || query === undefined || query === '' || address.includes('?')
    ? address
    : `${address}?${query}`;

/**
 * Texts as they were written, and as a server reads them where that is another: percent-encoding undone once. A list
 * where there are several, what was written first.
 */
const asServed = (...texts: (string | undefined)[]): Json | undefined => {
  const written = texts.filter((text) => text !== undefined);
  const all = [...new Set([...written, ...written.map(withoutPercents)])].filter((text) => text !== '');
  return all.length > 1 ? all : (all[0] ?? written[0]);
};

type AddressParts = { host?: string; stem: string; query: string };

/** Splits an address, also one without a scheme as proxies write it; nothing is decoded. */
const partsOf = (address: string): AddressParts => {
  const [, host, rest = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#]*)(.*)$/is.exec(address) ?? [];
  const mark = rest.indexOf('?');
  const stem = mark < 0 ? rest : rest.slice(0, mark);
  return {
    host: host === '' ? undefined : host?.replace(/:\d+$/, ''),
    stem,
    query: mark < 0 ? '' : rest.slice(mark + 1),
  };
};

const hostOf = (event: JsonObject, inAddress: string | undefined): string | undefined =>
  textAt(
    event,
    'cs-host',
    'url.domain',
    'destination.domain',
    'event.hostname',
    'http_host',
    'vhost',
    'server_name',
    'ClientRequestHost',
    'dhost',
    'destinationHostName',
  ) ??
  inAddress ??
  (isObject(event.host) ? undefined : textAt(event, 'host'));
