import type { Json, JsonObject } from '../../json.js';
import { compact, isObject, textAt, type Derived } from './derived.js';
import { withoutPercents } from '../../lines/quoted.js';
import { isoOfWritten } from '../../lines/written-time.js';
import { addressOf } from './request-address.js';
import { webLineOf, type WebLine } from './web-lines.js';
import { shapeOf } from './web-shapes.js';

/** What a server is called by its own settings or by who sent its log. */
const SERVERS = ['host.name', 'host.hostname', 'hostname', 's-computername', 'server_name', 'ZoneName'];

/**
 * Requests of proxies and web servers: the address, and its stem, query and extension, whichever of them the log has,
 * as they were written and percent-decoded. As Sigma's rules for web servers look for paths in `cs-uri-query` too, it
 * has more values: the query, and the stem with the query. `derived.server` is what the server is called by its own
 * settings or by who sent its log, never by a client.
 */
export const web = (native: JsonObject): Derived => {
  const shape = shapeOf(native);
  const line: WebLine = (shape
    ? { fields: shape, isKnown: true, request: textAt(shape, 'request') }
    : webLineOf(native)) ?? { fields: {} };
  const own = unsaid(line.fields, native);
  const event: JsonObject = { ...own, ...native };
  const { address, ...said } = addressOf(event, line);
  const parts = address === undefined ? undefined : partsOf(address);
  return {
    ...(line.service === undefined ? {} : { service: line.service }),
    ...(line.category === undefined ? {} : { category: line.category }),
    fields: compact({
      ...(line.isKnown === true ? line.fields : own),
      ...said.request,
      ...fieldsOfAddress(event, address, parts),
      'c-uri-query': asServed(parts?.query ?? said.query),
      'cs-host': hostOf(event, parts?.host ?? line.asked ?? line.server),
      ...timeIn(native),
      'derived.server': serverOf(native) ?? line.host ?? textAt(event, 's-computername') ?? line.server,
    }),
  };
};

/** Apache's time in brackets, as its JSON has it. */
const timeIn = (native: JsonObject): JsonObject => {
  const inside = /^\[([^[\]]{19,36})\]$/.exec(textAt(native, 'time', 'timestamp') ?? '')?.[1];
  const time = inside === undefined ? undefined : isoOfWritten(inside);
  return time === undefined ? {} : { 'derived.time': time };
};

/** A line as Logstash's `COMBINEDAPACHELOG` takes it apart: beside it `host` is whoever sent the line, not what was asked. */
const isOfGrok = (event: JsonObject): boolean =>
  ['clientip', 'verb', 'httpversion'].every((name) => textAt(event, name) !== undefined);

/** nginx calls what has no name `_`. */
const serverOf = (native: JsonObject): string | undefined => {
  const server = textAt(native, ...SERVERS, ...(isOfGrok(native) ? ['host'] : []));
  return server === '_' || server === '-' ? undefined : server;
};

/** Fields that the event does not say itself. */
const unsaid = (fields: JsonObject, native: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(native, name)));

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
    'ehost',
    'http_host',
    'vhost',
    'server_name',
    'ClientRequestHost',
    'RequestHost',
    'reqHost',
    'dst_host',
    'cs(Host)',
    'dhost',
    'destinationHostName',
  ) ??
  inAddress ??
  (isObject(event.host) || isOfGrok(event) ? undefined : textAt(event, 'host'));
