import type { JsonObject } from '../../json.js';
import { ADDRESS, fieldsOfDns, NAME, timeOfLog, TYPE } from './said.js';

const UNBOUND =
  /^(?:\[(\d{10})\] )?(?:unbound)?\[\d{1,10}:[\da-f]{1,8}\] (?:info|query|reply|debug|notice): (?:rpz: applied \[\S{0,255}\] )?(.*)$/s;
const ASKED = new RegExp(
  String.raw`^(${ADDRESS}) (${NAME}) (${TYPE}) (?:IN|CH|HS|ANY|NONE|CLASS\d{1,5})(?: ([A-Z]{3,16}) [\d.]{1,20} [01] \d{1,10}(?: .*)?)?$`,
  's',
);
const ACTED = new RegExp(String.raw`^${NAME} (\S{1,64}) (${ADDRESS})@(\d{1,5}) (${NAME}) (${TYPE}) \w{1,16}$`);

/** Unbound's queries, replies, and what its own zones and policies did. */
export const unboundOf = (text: string): JsonObject | undefined => {
  const [, at, rest] = UNBOUND.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const [asked, client, query, type, code] = ASKED.exec(rest) ?? [];
  if (asked !== undefined) return fieldsOfDns({ at: timeOfLog(at), client, query, type, code });
  const [acted, action, who, port, name, kind] = ACTED.exec(rest) ?? [];
  return acted === undefined
    ? undefined
    : fieldsOfDns({ at: timeOfLog(at), client: who, port, query: name, type: kind, action });
};

/** With the number of the query and who asked, where dnsmasq is told to say more. */
const DNSMASQ = new RegExp(String.raw`^(?:dnsmasq(?:\[\d{1,10}\])?: )?(?:\d{1,10} (${ADDRESS})/(\d{1,5}) )?(.*)$`, 's');
const DNSMASQ_ASKED = new RegExp(
  String.raw`^(?:dnssec-)?(?:query|auth)\[([\w=-]{1,24})\] (${NAME}) (from|to) (${ADDRESS})$`,
);
const DNSMASQ_SENT = new RegExp(String.raw`^forwarded (${NAME}) to (${ADDRESS})(?:#\d{1,5})?$`);
const DNSMASQ_SAID = new RegExp(
  String.raw`^(reply|cached|cached-stale|config|DHCP|/\S{1,255}|gravity blocked|(?:exactly|regex) (?:blacklisted|denied)|special domain) (${NAME}) is (.{1,1024})$`,
);
const BLOCKS = /^(?:gravity|exactly|regex|special)/;
const CODES = /^(?:NXDOMAIN|NODATA|SERVFAIL|REFUSED|NOTIMP|FORMERR)\b/;

/** Lines of dnsmasq, as Pi-hole's are: who asks stands in the query, and in the answer only where it says more. */
export const dnsmasqOf = (text: string): JsonObject | undefined => {
  const [, extra, port, rest = ''] = DNSMASQ.exec(text) ?? [];
  const [asked, type, query, direction, side] = DNSMASQ_ASKED.exec(rest) ?? [];
  if (asked !== undefined)
    return fieldsOfDns({
      client: direction === 'from' ? side : extra,
      port,
      query,
      type,
      server: direction === 'to' ? side : undefined,
    });
  const [sent, name, server] = DNSMASQ_SENT.exec(rest) ?? [];
  if (sent !== undefined) return fieldsOfDns({ client: extra, port, query: name, server });
  const [said, how = '', of, what = ''] = DNSMASQ_SAID.exec(rest) ?? [];
  if (said === undefined) return undefined;
  const code = CODES.exec(what)?.[0];
  const answer = code === undefined ? what : undefined;
  return fieldsOfDns({
    client: extra,
    port,
    query: of,
    code,
    answer,
    action: BLOCKS.test(how) ? 'blocked' : undefined,
  });
};

const COREDNS = new RegExp(
  String.raw`^(?:\[[A-Z]{4,7}\] )?\[?(${ADDRESS})\]?:(\d{1,5}) - (?:\[[^\]]{0,40}\] )?(?:\d{1,5} )?"(${TYPE}) \w{1,16} (${NAME}) [a-z]{2,8} \d{1,6} \w{1,6} \d{1,6}" (\w{2,16}) `,
);

/** The log plugin of CoreDNS in its own format. */
export const coreDnsOf = (text: string): JsonObject | undefined => {
  const [whole, client, port, type, query, code] = COREDNS.exec(text) ?? [];
  return whole === undefined ? undefined : fieldsOfDns({ client, port, type, query, code });
};

const POWER_DNS = new RegExp(
  String.raw`^(?:\d{1,6} )?(?:\[[\d/]{1,32}\] )?(?:question for|answer to question) '(${NAME})\|(${TYPE})'(?:: .*| from (${ADDRESS}):(\d{1,5}).*)?$`,
  's',
);
const POWER_DNS_ASKED = new RegExp(
  String.raw`^Remote (?:[\w.-]{0,64}<-)?(${ADDRESS}?)(?::(\d{1,5}))? wants '(${NAME})\|(${TYPE})'`,
);

/** PowerDNS: its recursor (`question for 'name|A' from …`) and its server (`Remote … wants 'name|A'`). */
export const powerDnsOf = (text: string): JsonObject | undefined => {
  const [whole, query, type, client, port] = POWER_DNS.exec(text) ?? [];
  if (whole !== undefined) return fieldsOfDns({ client, port, query, type });
  const [asked, who, from, name, kind] = POWER_DNS_ASKED.exec(text) ?? [];
  return asked === undefined ? undefined : fieldsOfDns({ client: who, port: from, query: name, type: kind });
};
