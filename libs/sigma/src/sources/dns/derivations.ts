import type { Json, JsonObject } from '../../json.js';
import { codeNamed, typeNamed } from '../../lines/dns/codes.js';
import { packetTextOf } from '../../lines/dns/packet-text.js';
import { fieldsOfText } from '../../lines/index.js';
import { at, compact, isObject, textAt, type Derived } from '../shared/derived.js';
import { LINES_OF_PROGRAMS } from '../shared/line-places.js';
import { ANSWER, CONTAINERS, QUERY, RECORD_TYPE, RESPONSE_CODE } from './names.js';

const MOST_ANSWERS = 64;

/**
 * Questions and answers by one form, whichever a resolver writes: the name without its dot at the end, types and codes
 * by their names, what was answered as texts. What the event wrote stands beside it, for rules that look for that.
 */
export const dns = (native: JsonObject): Derived => {
  const line = lineOf(native);
  const places = [line, native, ...containersOf(native)];
  const find = (names: readonly string[]): Json[] => firstIn(places, names);
  return {
    fields: {
      ...line,
      ...compact({
        query: named(find(['query', ...QUERY]), (name) =>
          /\s/.test(name) ? undefined : name.replace(/(?<=.)\.$/, ''),
        ),
        record_type: named(find(['record_type', ...RECORD_TYPE, 'type']), typeNamed),
        response_code: named(find(['response_code', ...RESPONSE_CODE]), codeNamed),
        answer: answersOf(find(['answer', ...ANSWER])),
        ...sidesOf(places),
      }),
    },
  };
};

const PACKETS = ['message.response_message', 'message.query_message'];

/** What stands in an event as text: a line of a log, or a packet written out (dnstap). */
const lineOf = (native: JsonObject): JsonObject => {
  const [text, packet] = [textAt(native, ...LINES_OF_PROGRAMS), textAt(native, ...PACKETS)];
  if (packet !== undefined) return packetTextOf(packet) ?? {};
  return text === undefined || text.startsWith('{') ? {} : (fieldsOfText(text) ?? {});
};

const containersOf = (native: JsonObject): JsonObject[] =>
  CONTAINERS.map((path) => at(native, ...path.split('.'))).filter(isObject);

/** The values under the first name that has any but objects; a list on the way means each of its members. */
const firstIn = (places: readonly JsonObject[], names: readonly string[]): Json[] => {
  for (const name of names)
    for (const place of places) {
      const own = Object.hasOwn(place, name) ? place[name] : undefined;
      const found = own === undefined && name.includes('.') ? within([place], name) : isObject(own) ? [] : listOf(own);
      const said = found.filter((one) => typeof one !== 'string' || (one !== '' && one !== '-'));
      if (said.length > 0) return said;
    }
  return [];
};

const listOf = (value: Json | undefined): Json[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value.slice(0, MOST_ANSWERS) : [value];

const within = (places: Json[], path: string): Json[] =>
  path
    .split('.')
    .reduce<Json[]>(
      (here, key) =>
        here
          .flatMap((one) => (isObject(one) && Object.hasOwn(one, key) ? listOf(one[key]) : []))
          .slice(0, MOST_ANSWERS),
      places,
    );

/** The first value in its one form, and as it was written where that is another. */
const named = (found: readonly Json[], form: (text: string) => string | undefined): Json | undefined => {
  const [first] = found;
  const written = typeof first === 'string' ? first : typeof first === 'number' ? String(first) : undefined;
  const one = written === undefined ? undefined : form(written);
  if (one === undefined) return undefined;
  return one === written ? one : [one, written as string];
};

const DATA = ['Rdata', 'rdata', 'RData', 'rData', 'data', 'value'];

const answersOf = (found: readonly Json[]): Json | undefined => {
  const texts = found
    .map((one) => (isObject(one) ? textAt(one, ...DATA) : one))
    .filter((one): one is string => typeof one === 'string' && one !== '');
  return texts.length > 1 ? texts : texts[0];
};

/** Whom Windows' DNS server talks to: 256 to 259 are clients, 260 and on the servers that it asks itself. */
const OF_CLIENTS = new Set(['256', '257', '258', '259']);

const sidesOf = (places: readonly JsonObject[]): Record<string, Json | undefined> => {
  if (firstIn(places, ['QNAME']).length === 0) return {};
  const [other] = firstIn(places, ['Source', 'Destination']);
  const [id] = firstIn(places, [
    'EventID',
    'winlog.event_id',
    'event.code',
    'Id',
    'System.EventID',
    'Event.System.EventID',
  ]);
  const isClient = id === undefined || OF_CLIENTS.has(typeof id === 'object' ? '' : String(id));
  const [own] = firstIn(places, ['InterfaceIP']);
  return isClient ? { src_ip: other, dst_ip: own } : { src_ip: own, dst_ip: other };
};
