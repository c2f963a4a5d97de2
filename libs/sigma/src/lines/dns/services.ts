import type { JsonObject } from '../../json.js';
import { ADDRESS, fieldsOfDns, NAME, timeOfLog, TYPE } from './said.js';

const ROUTE_53 = new RegExp(
  String.raw`^1\.\d (\d{4}-\d\d-\d\dT[\d:.]{8,16}Z) Z\w{1,32} (${NAME}) (${TYPE}) ([A-Z]{2,16}) (?:UDP|TCP|\w{1,8}) \S{1,16} (${ADDRESS}) \S{1,64}$`,
);

/** Queries of a public zone of Route 53: who asks is a resolver. */
export const route53Of = (text: string): JsonObject | undefined => {
  const [whole, at, query, type, code, client] = ROUTE_53.exec(text) ?? [];
  return whole === undefined ? undefined : fieldsOfDns({ at, query, type, code, client });
};

const UMBRELLA =
  /^"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)","[^"]{0,1024}","[^"]{0,4096}","([^"]{0,64})","([^"]{0,64})","(\w{1,32})","\d{1,5} \(([^)"]{1,16})\)","([A-Z]{0,16})","([^"\s]{1,1024})"/;

/** Cisco Umbrella's DNS log, whose files have no header; inside of a network who asked is the address there. */
export const umbrellaOf = (text: string): JsonObject | undefined => {
  const [whole, at, inside = '', outside, action, type, code, query] = UMBRELLA.exec(text) ?? [];
  if (whole === undefined) return undefined;
  // Umbrella's times are UTC.
  return fieldsOfDns({ at: timeOfLog(`${at}Z`), client: inside === '' ? outside : inside, action, type, code, query });
};

/** ts, uid, sides, protocol, id, rtt, query, class and type and code twice each, five flags, answers, TTLs, rejected. */
const MOST_COLUMNS = 30;
const ZEEK = /^(\d{10}\.\d{6})\t\w{10,24}\t/;

/** A line of Zeek's dns.log whose header was left behind: its columns are those Zeek has by itself. */
export const zeekDnsOf = (text: string): JsonObject | undefined => {
  const at = ZEEK.exec(text)?.[1];
  const values = at === undefined ? [] : text.split('\t', MOST_COLUMNS);
  if (values.length < 22 || !/^(?:udp|tcp)$/.test(values[6] ?? '') || !/^[\d-]/.test(values[10] ?? ''))
    return undefined;
  const value = (place: number): string | undefined => {
    const said = values[place];
    return said === '-' || said === '(empty)' ? undefined : said;
  };
  return fieldsOfDns({
    at: timeOfLog(at),
    client: value(2),
    port: value(3),
    server: value(4),
    query: value(9),
    type: value(13),
    code: value(15),
    answer: value(21),
  });
};
