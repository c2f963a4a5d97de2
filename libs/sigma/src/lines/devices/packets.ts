import type { JsonObject } from '../../json.js';
import { fieldsOf, LONGEST_SENTENCE, type DeviceLine } from './sentences.js';

const NETFILTER = /\bIN=(\S{0,32}) OUT=(\S{0,32}) /;
/** UniFi describes its rule before. */
const DESCRIBED = /^[^"=]{0,512}\] ?DESCR="[^"]{0,256}" $/;
const PAIR = /(?:^| )([A-Z]{2,8})=(\S{0,64})/g;
/** `WAN_IN-D-4000`, as UniFi and EdgeOS call a rule: what becomes of it stands between dashes. */
const LETTER = /-([ABDR])(?:-\d{1,6})?\]/;
const LETTERS = new Map([
  ['A', 'accept'],
  ['B', 'block'],
  ['D', 'drop'],
  ['R', 'reject'],
]);
const VERDICT = /(?:^|[^A-Za-z])(ACCEPT|ALLOW|BLOCK|DENY|DROP|REJECT)(?:ED|PED)?(?![A-Za-z])/i;

/** What the prefix of a rule says becomes of its packets: whoever set the firewall up wrote it. */
const verdict = (prefix: string): string | undefined =>
  VERDICT.exec(prefix)?.[1]?.toLowerCase() ?? LETTERS.get(LETTER.exec(prefix)?.[1] ?? '');

/** Packets as Linux logs them (iptables, nftables, ufw, firewalld, UniFi). Of a name that comes twice the first counts. */
export const netfilter = ({ line: whole, plainTo }: DeviceLine): JsonObject | undefined => {
  const line = whole.slice(0, LONGEST_SENTENCE);
  const begins = NETFILTER.exec(line);
  if (!begins || (begins.index > plainTo && !DESCRIBED.test(line.slice(0, begins.index)))) return undefined;
  const said = new Map<string, string>();
  for (const [, name = '', value = ''] of line.slice(begins.index).matchAll(PAIR))
    if (!said.has(name)) said.set(name, value);
  if (!said.has('SRC') || !said.has('DST')) return undefined;
  return fieldsOf({
    action: verdict(line.slice(0, begins.index)),
    protocol: said.get('PROTO'),
    src_ip: said.get('SRC'),
    src_port: said.get('SPT'),
    dst_ip: said.get('DST'),
    dst_port: said.get('DPT'),
    interface: begins[1] || begins[2],
  });
};

const SIDE = String.raw`\[?([\da-f.:]{3,39}?)\]?(?::(\d{1,5}))?`;
const MIKROTIK = new RegExp(String.raw`\bproto ([A-Za-z\d-]{1,12})(?: \([^)]{0,48}\))?, ${SIDE}->${SIDE}(?:, |$)`, 'i');

/** RouterOS: what becomes of a packet only the rule's prefix says, where it has one. */
export const mikroTik = ({ line: whole, plainTo }: DeviceLine): JsonObject | undefined => {
  const line = whole.slice(0, LONGEST_SENTENCE);
  const found = MIKROTIK.exec(line);
  if (!found || found.index >= plainTo) return undefined;
  const [, protocol, src_ip, src_port, dst_ip, dst_port] = found;
  const action = verdict(line.slice(0, line.search(/ in:/)));
  return fieldsOf({ action, protocol, src_ip, src_port, dst_ip, dst_port });
};
