import type { Json, JsonObject } from '../../json.js';
import { isoOfWritten } from '../../lines/written-time.js';
import { at, compact, isObject, textAt } from './derived.js';

/** How one product lays a request out: the texts that tell it, where its parts are, and its headers. */
type WebShape = { signs: readonly string[]; fields: Readonly<Record<string, readonly string[]>>; headers?: string };

/**
 * Requests that lie deeper than by name: what stands under names of W3C, the best first. An address that the client
 * may have written (`X-Forwarded-For`) is none of it.
 */
const SHAPES: readonly WebShape[] = [
  {
    // AWS WAF
    signs: ['httpRequest.clientIp', 'httpRequest.httpMethod'],
    fields: {
      'c-ip': ['httpRequest.clientIp'],
      'cs-method': ['httpRequest.httpMethod'],
      'c-uri': ['httpRequest.uri'],
      'cs-uri-query': ['httpRequest.args'],
      'sc-status': ['responseCodeSent'],
    },
    headers: 'httpRequest.headers',
  },
  {
    // Google Cloud's load balancers
    signs: ['httpRequest.requestUrl'],
    fields: {
      'c-ip': ['httpRequest.remoteIp'],
      dst_ip: ['httpRequest.serverIp'],
      'cs-method': ['httpRequest.requestMethod'],
      'c-uri': ['httpRequest.requestUrl'],
      'sc-status': ['httpRequest.status'],
      'sc-bytes': ['httpRequest.responseSize'],
      'cs-user-agent': ['httpRequest.userAgent'],
      'cs-referer': ['httpRequest.referer'],
    },
  },
  {
    // Azure's Application Gateway and Front Door, whose `clientIp` comes from what was forwarded
    signs: ['properties.requestUri'],
    fields: {
      'c-ip': ['properties.socketIp', 'properties.socketIP', 'properties.clientIP', 'properties.clientIp'],
      src_port: ['properties.clientPort'],
      'cs-method': ['properties.httpMethod'],
      'c-uri': ['properties.requestUri'],
      'cs-uri-query': ['properties.requestQuery'],
      'sc-status': ['properties.httpStatus', 'properties.httpStatusCode'],
      'cs-user-agent': ['properties.userAgent'],
      'cs-referer': ['properties.referer'],
      'cs-host': ['properties.originalHost', 'properties.hostName', 'properties.hostname', 'properties.host'],
      action: ['properties.action'],
      msg: ['properties.message', 'properties.ruleName'],
    },
  },
  {
    // Caddy
    signs: ['request.remote_ip', 'request.remote_addr'],
    fields: {
      'c-ip': ['request.client_ip', 'request.remote_ip', 'request.remote_addr'],
      src_port: ['request.remote_port'],
      'cs-method': ['request.method'],
      'c-uri': ['request.uri'],
      'cs-host': ['request.host'],
      'cs-username': ['user_id'],
    },
    headers: 'request.headers',
  },
  {
    // ModSecurity 3
    signs: ['transaction.client_ip'],
    fields: {
      'c-ip': ['transaction.client_ip'],
      src_port: ['transaction.client_port'],
      dst_ip: ['transaction.host_ip'],
      dst_port: ['transaction.host_port'],
      'cs-method': ['transaction.request.method'],
      'c-uri': ['transaction.request.uri'],
      'sc-status': ['transaction.response.http_code'],
      'derived.time': ['transaction.time_stamp'],
      msg: ['transaction.messages.message'],
    },
    headers: 'transaction.request.headers',
  },
  {
    // ModSecurity 2
    signs: ['transaction.remote_address'],
    fields: {
      'c-ip': ['transaction.remote_address'],
      src_port: ['transaction.remote_port'],
      dst_ip: ['transaction.local_address'],
      dst_port: ['transaction.local_port'],
      request: ['request.request_line'],
      'sc-status': ['response.status'],
      'derived.time': ['transaction.time'],
      msg: ['audit_data.messages'],
    },
    headers: 'request.headers',
  },
];

const HEADERS: Readonly<Record<string, string>> = {
  host: 'cs-host',
  'user-agent': 'cs-user-agent',
  referer: 'cs-referer',
  cookie: 'cs-cookie',
};
const MOST_HEADERS = 128;

/** The fields of a request that lies in an object of its own, if it is one of a product that is known. */
export const shapeOf = (native: JsonObject): JsonObject | undefined => {
  const shape = SHAPES.find(({ signs }) => textAt(native, ...signs) !== undefined);
  if (!shape) return undefined;
  const fields: Record<string, Json | undefined> = shape.headers === undefined ? {} : headersOf(native, shape.headers);
  for (const [name, paths] of Object.entries(shape.fields))
    fields[name] = textAt(native, ...paths) ?? listed(native, paths) ?? fields[name];
  const time = fields['derived.time'];
  if (typeof time === 'string') fields['derived.time'] = isoOfWritten(time) ?? time;
  return compact(fields);
};

/** The first text of a list at the end of a path, or in it. */
const listed = (native: JsonObject, paths: readonly string[]): string | undefined => {
  for (const path of paths) {
    const keys = path.split('.');
    const [list, key = ''] = [at(native, ...keys), keys.pop()];
    const within = Array.isArray(list) ? list[0] : firstOf(at(native, ...keys), key);
    if (typeof within === 'string') return within;
  }
  return undefined;
};
const firstOf = (list: Json | undefined, key: string): Json | undefined =>
  Array.isArray(list) ? at(list[0], key) : undefined;

/** Headers as an object, of texts or lists of them, or as a list of pairs. */
const headersOf = (native: JsonObject, path: string): Record<string, string> => {
  const found = at(native, ...path.split('.'));
  const pairs: [string, Json | undefined][] = Array.isArray(found)
    ? found.slice(0, MOST_HEADERS).map((one) => [textAt(isObject(one) ? one : {}, 'name') ?? '', at(one, 'value')])
    : isObject(found)
      ? Object.entries(found).slice(0, MOST_HEADERS)
      : [];
  const fields: Record<string, string> = {};
  for (const [header, value] of pairs) {
    const name = HEADERS[header.toLowerCase()];
    const text = Array.isArray(value) ? value[0] : value;
    if (name !== undefined && typeof text === 'string' && text !== '') fields[name] ??= text;
  }
  return fields;
};
