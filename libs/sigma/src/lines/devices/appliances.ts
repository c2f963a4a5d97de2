/** Gateways and routers of vendors that write a sentence or two of their own. */
import type { JsonObject } from '../../json.js';
import { ACTIVITIES, heard, named, sentence, type DeviceLine, type DeviceSentence } from './sentences.js';

const { logon, failed, logoff, config, device } = ACTIVITIES;
const IP = String.raw`[\da-f.:]{2,45}`;

/** RouterOS names topics before; of who comes in it tells by what. */
const TOPICS = String.raw`(?:[a-z\d!-]{1,32}(?:,[a-z\d!-]{1,32}){0,5}:? )?`;
const ROUTER_OS: readonly DeviceSentence[] = [
  sentence(
    String.raw`${TOPICS}login failure for user (?<username>.{0,256}) from (?<src_ip>${IP}) via (?<service>[\w-]{1,32})$`,
    failed,
  ),
  sentence(String.raw`${TOPICS}user <username> logged in from (?<src_ip>${IP}) via (?<service>[\w-]{1,32})$`, logon),
  sentence(String.raw`${TOPICS}user <username> logged out from (?<src_ip>${IP}) via (?<service>[\w-]{1,32})$`, logoff),
  sentence(String.raw`${TOPICS}user <username> logged (?:in|out) via (?<service>local|console)$`, device),
];

export const routerOs = ({ line, from }: DeviceLine): JsonObject | undefined => {
  const text = line.slice(from, from + 512);
  return / via [\w-]{1,32}$/.test(text) ? heard(ROUTER_OS, text) : undefined;
};

/** NetScaler counts and names the engine before, and when it was behind the header. */
const BEFORE = String.raw`(?:\d\d/\d\d/\d{4}:\d\d:\d\d:\d\d (?:[A-Z]{3,5})? ?)?(?:[\w.-]{1,64} )?(?:\d-)?(?:PPE-\d{1,3} )?:? ?(?:default )?`;
const COUNTED = String.raw` \d+(?: \d+)? ?:  ?`;
const NET_SCALER: readonly DeviceSentence[] = [
  sentence(
    String.raw`${BEFORE}SSLVPN LOGIN${COUNTED}(?:Context \S{1,256}@\S{1,64} - )?SessionId: ?\d+ ?- User <username> - Client_ip <src_ip> `,
    logon,
  ),
  sentence(
    String.raw`${BEFORE}SSLVPN LOGOUT${COUNTED}(?:Context \S{1,256}@\S{1,64} - )?SessionId: ?\d+ ?- User <username> - Client_ip <src_ip> `,
    logoff,
  ),
  sentence(
    String.raw`${BEFORE}(?:AAA|SSLVPN) LOGIN_FAILED${COUNTED}User (?<username>.{0,256}) - Client_ip <src_ip>(?: |$)`,
    failed,
  ),
  sentence(
    String.raw`${BEFORE}SSLVPN TCPCONNSTAT${COUNTED}(?:Context \S{1,256}@\S{1,64} - )?SessionId: ?\d+ ?- User <username> - Client_ip <src_ip> .{0,400}?- Destination (?<dst_ip>[\da-f.]{2,45}):<dst_port> `,
    { protocol: 'tcp' },
  ),
  sentence(
    String.raw`${BEFORE}TCP CONN_(?:DELINK|TERMINATE)${COUNTED}Source (?<src_ip>[\da-f.]{2,45}):<src_port> - .{0,200}?Destination (?<dst_ip>[\da-f.]{2,45}):<dst_port> `,
    { protocol: 'tcp', action: 'close' },
  ),
  sentence(
    String.raw`${BEFORE}(?:UI|GUI|CLI|API) CMD_EXECUTED${COUNTED}User <username> - Remote_ip <src_ip> - Command "(?<command>.{1,1024})" - Status "(?<result>\w{1,32})`,
    config,
  ),
];

export const netScaler = ({ line, from }: DeviceLine): JsonObject | undefined => {
  const text = line.slice(from);
  return /^.{0,120}?\b(?:SSLVPN|AAA|TCP|UI|GUI|CLI|API) [A-Z_]{4,32} \d/.test(text)
    ? heard(NET_SCALER, text)
    : undefined;
};

/** Barracuda's CloudGen Firewall: values between bars, by place or by name. */
const ACTIVITY = new RegExp(
  String.raw`^(?:\S{0,64}\s+)?(?:Info|Notice|Warning|Error)\s+(?:\S{1,128} )?(Allow|Deny|Drop|Block|Remove|Fail|Detect|LocalAllow|LocalBlock|LocalRemove|LocalFail|Terminate)(?:: |:|\|)`,
);
const PLACES = ['', 'protocol', 'interface', 'src_ip', 'src_port', '', 'dst_ip', 'dst_port', 'service', '', 'rule'];
const NAMES: Record<string, string> = {
  proto: 'protocol',
  srcIP: 'src_ip',
  srcPort: 'src_port',
  dstIP: 'dst_ip',
  dstPort: 'dst_port',
  user: 'username',
  rule: 'rule',
};

export const barracuda = ({ line, from, app }: DeviceLine): JsonObject | undefined => {
  if (!app?.endsWith('box_Firewall_Activity')) return undefined;
  const text = line.slice(from, from + 2_048);
  const found = ACTIVITY.exec(text.trimStart());
  if (!found) return undefined;
  const values = text.trimStart().slice(found[0].length).split('|', 64);
  const action = (found[1] ?? '')
    .toLowerCase()
    .replace(/^local/, '')
    .replace('remove', 'close');
  if (!values[0]?.includes('=')) return { ...named(PLACES, values), action };
  const pairs = values.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const);
  const said: Record<string, string> = {};
  for (const [name, value] of pairs) if (Object.hasOwn(NAMES, name) && value !== '') said[NAMES[name] ?? ''] ??= value;
  return { ...said, action };
};

/** F5's access policy, by its number; the name behind it is of a session. */
const APM = String.raw`01490\d{3}:\d: (?:\S{1,160}:)?[\da-f]{6,10}: `;
const F5: readonly DeviceSentence[] = [
  sentence(String.raw`${APM}New session from client IP <src_ip> .{0,200}?at VIP <dst_ip> `, device),
  sentence(String.raw`${APM}Username '<username>'$`, device),
  sentence(String.raw`${APM}.{0,200}?authenticate with '<username>' successful`, logon),
  sentence(String.raw`${APM}.{0,200}?authenticate with '<username>' failed`, failed),
  sentence(String.raw`${APM}Session deleted`, logoff),
];

export const f5 = ({ line, from }: DeviceLine): JsonObject | undefined =>
  line.startsWith('01490', from) ? heard(F5, line.slice(from)) : undefined;
