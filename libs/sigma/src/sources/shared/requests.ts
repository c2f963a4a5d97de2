import { fieldsOfText } from '../../evaluate/text-fields.js';
import type { Json, JsonObject } from '../../json.js';
import { compact, isObject, textAt, type Derived } from './derived.js';

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
  'url.path',
  'path',
  'ClientRequestPath',
];
const REQUEST_LINE = /^([A-Z]{3,16}) (\S+)(?: HTTP\/[\d.]+)?$/;
const COMBINED = /^(\S+) \S+ (\S+) \[([^\]]+)\] "([^"]*)" (\d{3}) (\d+|-)(?: "([^"]*)" "([^"]*)")?/;

/**
 * Requests of proxies and web servers: the address, and its stem, query and extension, whichever of them the log has.
 * As Sigma's rules for web servers look for paths in `cs-uri-query` too, it has two values: the query, and the stem
 * with the query.
 */
export const web = (native: JsonObject): Derived => {
  const { request, ...seen } = combinedOf(native) ?? { request: undefined };
  const event =
    request === undefined ? { ...fieldsOfText(textAt(native, 'message', '_raw', 'raw') ?? ''), ...native } : native;
  const [, began] =
    /^(?:<\d{1,3}>)?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*)/.exec(textAt(native, 'message', '_raw', 'raw') ?? '') ?? [];
  const told = request ?? textAt(event, ...ADDRESSES);
  const [, method, inLine] = REQUEST_LINE.exec(told ?? '') ?? [];
  const query = withoutMark(
    textAt(event, 'cs-uri-query', 'url.query', 'query_string', 'QueryString', 'args', 'ClientRequestQuery'),
  );
  const address = withQuery(inLine ?? told, query);
  const parts = address === undefined ? undefined : partsOf(address);
  return {
    fields: compact({
      'derived.time': began,
      ...seen,
      ...(method === undefined ? {} : { 'cs-method': method }),
      ...fieldsOfAddress(event, address, parts),
      'c-uri-query': parts?.query ?? query,
      'cs-host': hostOf(event, parts?.host),
    }),
  };
};

const fieldsOfAddress = (
  event: JsonObject,
  address: string | undefined,
  parts: AddressParts | undefined,
): Record<string, Json | undefined> => {
  const stem = textAt(event, 'cs-uri-stem') ?? parts?.stem;
  return {
    'c-uri': address,
    'cs-uri': address,
    'c-uri-stem': parts?.stem,
    'cs-uri-stem': stem,
    'cs-uri-query':
      parts &&
      [...new Set([parts.query, parts.stem + (parts.query === '' ? '' : `?${parts.query}`)])].filter(
        (one) => one !== '',
      ),
    'c-uri-extension':
      textAt(event, 'c-uri-extension', 'url.extension') ?? /\.([A-Za-z0-9]{1,10})$/.exec(parts?.stem ?? '')?.[1],
  };
};

const withoutMark = (query: string | undefined): string | undefined =>
  query?.startsWith('?') ? query.slice(1) : query === '-' ? undefined : query;
const withQuery = (address: string | undefined, query: string | undefined): string | undefined =>
  address === undefined || query === undefined || query === '' || address.includes('?')
    ? address
    : `${address}?${query}`;

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

/** A line of Apache's or nginx's combined log. */
const combinedOf = (event: JsonObject): (JsonObject & { request: string }) | undefined => {
  const found = COMBINED.exec(textAt(event, 'message', 'log', '_raw', 'event.original') ?? '');
  if (!found) return undefined;
  const [, ip, user, time, request = '', status, size, referrer, agent] = found;
  const dash = (text: string | undefined): string | undefined => (text === '-' ? undefined : text);
  return {
    ...compact({
      'c-ip': ip,
      'cs-username': dash(user),
      'sc-status': status,
      'sc-bytes': dash(size),
      'cs-referer': dash(referrer),
      'cs-user-agent': dash(agent),
      'cs-method': /^[A-Z]+/.exec(request)?.[0],
      'derived.time': isoOf(time),
    }),
    request,
  };
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02/Nov/2026:10:00:00 +0100` as ISO 8601. */
const isoOf = (time = ''): string | undefined => {
  const [, day, month = '', year, clock, zone] =
    /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/.exec(time) ?? [];
  const number = MONTHS.indexOf(month) + 1;
  return number === 0 ? undefined : `${year}-${String(number).padStart(2, '0')}-${day}T${clock}${zone}`;
};
