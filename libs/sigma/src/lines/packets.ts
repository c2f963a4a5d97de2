import type { JsonObject } from '../json.js';

/** Their sentences are short; looking for them in long texts would be slow. */
const LONGEST = 2_048;

const pick = (fields: Record<string, string | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter((one): one is [string, string] => !!one[1]));

const NETFILTER = /\bIN=(\S{0,32}) OUT=(\S{0,32}) /;
/** UniFi describes its rule before. */
const DESCRIBED = /^[^"=]{0,512}\] DESCR="[^"]{0,256}" $/;
const PAIR = /(?:^| )([A-Z]{2,8})=(\S{0,64})/g;
/** `WAN_IN-D-4000`, as UniFi and EdgeOS call a rule: what becomes of it stands between dashes. */
const LETTER = /-([ADR])(?:-\d{1,6})?\]/;
const LETTERS = new Map([
  ['A', 'accept'],
  ['D', 'drop'],
  ['R', 'reject'],
]);
const VERDICT = /(?:^|[^A-Za-z])(ACCEPT|ALLOW|BLOCK|DENY|DROP|REJECT)(?:ED|PED)?(?![A-Za-z])/i;

/** What the prefix of a rule says becomes of its packets: whoever set the firewall up wrote it. */
const verdict = (prefix: string): string | undefined =>
  VERDICT.exec(prefix)?.[1]?.toLowerCase() ?? LETTERS.get(LETTER.exec(prefix)?.[1] ?? '');

/** Packets as Linux logs them (iptables, nftables, ufw, firewalld, UniFi). Of a name that comes twice the first counts. */
export const netfilter = (whole: string, plainTo: number): JsonObject | undefined => {
  const line = whole.slice(0, LONGEST);
  const begins = NETFILTER.exec(line);
  if (!begins || (begins.index > plainTo && !DESCRIBED.test(line.slice(0, begins.index)))) return undefined;
  const said = new Map<string, string>();
  for (const [, name = '', value = ''] of line.slice(begins.index).matchAll(PAIR))
    if (!said.has(name)) said.set(name, value);
  if (!said.has('SRC') || !said.has('DST')) return undefined;
  return pick({
    action: verdict(line.slice(0, begins.index)),
    protocol: said.get('PROTO')?.toLowerCase(),
    src_ip: said.get('SRC'),
    src_port: said.get('SPT'),
    dst_ip: said.get('DST'),
    dst_port: said.get('DPT'),
    interface: begins[1] || begins[2],
  });
};

const MIKROTIK =
  /\bproto ([A-Za-z\d-]{1,12})(?: \([^)]{0,32}\))?, \[?([\da-f.:]{3,39})\]?:(\d{1,5})->\[?([\da-f.:]{3,39})\]?:(\d{1,5})/i;

/** RouterOS: what becomes of a packet only the rule's prefix says, where it has one. */
export const mikroTik = (whole: string, plainTo: number): JsonObject | undefined => {
  const line = whole.slice(0, LONGEST);
  const found = MIKROTIK.exec(line);
  if (!found || found.index >= plainTo) return undefined;
  const [, protocol, src, srcPort, dst, dstPort] = found;
  const prefix = line.slice(0, line.search(/ in:/));
  return pick({
    action: verdict(prefix),
    protocol: protocol?.toLowerCase(),
    src_ip: src,
    src_port: srcPort,
    dst_ip: dst,
    dst_port: dstPort,
  });
};

const ACCESS_LIST =
  /%(?:SEC|IPV6_ACL|ACL|ACLLOG)-\d-[A-Z\d_]{1,32}: (?:access-)?list (\S{1,64})(?:\/\d{1,9})? (denied|permitted) (\S{1,12}) (?:\S{1,32} )?([\da-f.:]{3,39})(?:\((\d{1,5})\))?(?: \([^)]{0,64}\))? ?-> (?:\S{1,32} )?([\da-f.:]{3,39})(?:\((\d{1,5})\))?/i;

/** What matched an access list of IOS. */
export const accessList = (whole: string, plainTo: number): JsonObject | undefined => {
  const found = ACCESS_LIST.exec(whole.slice(0, LONGEST));
  if (!found || found.index >= plainTo) return undefined;
  const [, rule, action, protocol, src, srcPort, dst, dstPort] = found;
  return pick({
    rule,
    action: action?.toLowerCase(),
    protocol: protocol?.toLowerCase(),
    src_ip: src,
    src_port: srcPort,
    dst_ip: dst,
    dst_port: dstPort,
  });
};

const SESSION =
  /\bRT_FLOW_SESSION_(CREATE|CLOSE|DENY)(?:_LS)?: session \w{1,12}(?: [^:]{0,64}:)? ?([\da-f.:]{3,39})\/(\d{1,5})->([\da-f.:]{3,39})\/(\d{1,5})/i;

/** Sessions of Junos as text; as structured data they are read as such. */
export const junos = (whole: string, plainTo: number): JsonObject | undefined => {
  const found = SESSION.exec(whole.slice(0, LONGEST));
  if (!found || found.index >= plainTo) return undefined;
  const [, action, src, srcPort, dst, dstPort] = found;
  return pick({ action: action?.toLowerCase(), src_ip: src, src_port: srcPort, dst_ip: dst, dst_port: dstPort });
};
