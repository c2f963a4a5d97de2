import { isIP } from 'node:net';
import type { Json, JsonObject } from '../../json.js';
import { SIDE } from '../../lines/web/said.js';
import { isoOfWritten } from '../../lines/written-time.js';
import { at, compact, isObject, textAt } from './derived.js';
import { SHAPES } from './web-products.js';

const HEADERS: Readonly<Record<string, string>> = {
  host: 'cs-host',
  'user-agent': 'cs-user-agent',
  referer: 'cs-referer',
  cookie: 'cs-cookie',
  'x-forwarded-for': 'x-forwarded-for',
};
const MOST_HEADERS = 128;

/** The fields of a request that lies in an object of its own, if it is one of a product that is known. */
export const shapeOf = (native: JsonObject): JsonObject | undefined => {
  const shape = SHAPES.find(({ signs }) => textAt(native, ...signs) !== undefined);
  if (!shape) return undefined;
  const fields: Record<string, Json | undefined> = shape.headers === undefined ? {} : headersOf(native, shape.headers);
  for (const [name, paths] of Object.entries(shape.fields))
    fields[name] =
      textAt(native, ...paths) ?? listed(native, paths) ?? fields[name] ?? (paths.length > 0 ? undefined : null);
  apart(fields, 'c-ip', 'src_port');
  apart(fields, 'dst_ip', 'dst_port');
  const time = fields['derived.time'];
  if (typeof time === 'string') fields['derived.time'] = isoOfWritten(time) ?? time;
  return compact(fields);
};

const WITH_PORT = new RegExp(`^${SIDE}$`);

/** An address that stands with its port. Envoy writes the port 0 for one that a header told it: that is nobody's. */
const apart = (fields: Record<string, Json | undefined>, ip: string, port: string): void => {
  const [, address, number] = WITH_PORT.exec(typeof fields[ip] === 'string' ? fields[ip] : '') ?? [];
  if (address === undefined || isIP(address) === 0) return;
  const isTold = number === '0' && ip === 'c-ip';
  fields[ip] = isTold ? null : address;
  if (isTold) fields['x-forwarded-for'] ??= address;
  else fields[port] ??= number === '0' ? undefined : number;
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
