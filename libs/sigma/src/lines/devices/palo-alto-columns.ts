/** What stands where in PAN-OS's logs behind their type, by its descriptions of syslog fields. */
import type { JsonObject } from '../../json.js';
import { ACTIVITIES, sentence, type DeviceSentence } from './sentences.js';

export interface PaloAltoColumns {
  /** Fewer values than that are no such log. */
  fewest: number;
  names: readonly string[];
  /** Names from the 21st value on. */
  from20?: readonly string[];
  /** Where the device's name may stand, by version and what is told before it. */
  device?: readonly number[];
  /** From where on a time with a zone may stand; strangers choose nothing behind. */
  zonedFrom?: number;
  activity?: (said: readonly string[]) => JsonObject;
  /** What its description tells, and its place. */
  sentences?: readonly DeviceSentence[];
  describedAt?: number;
}

const { logon, failed, logoff, config, detection, web, device } = ACTIVITIES;
const SIDES = ['', '', '', 'src_ip', 'dst_ip', '', '', 'rule', 'username', '', 'app', 'vsys'];
const PORTS = ['src_port', 'dst_port', '', '', '', 'protocol', 'action'];

/** What PAN-OS calls a threat that is none: pages that were asked for, files and texts that passed. */
const threat = ([subtype = '']: readonly string[]): JsonObject =>
  subtype === 'url' ? web : /^(?:file|data)$/.test(subtype) ? {} : detection;

const session = (name = '', status = ''): JsonObject =>
  /logout|disconnect/.test(name)
    ? logoff
    : !/login|auth|connect/.test(name)
      ? device
      : /fail/.test(name) || status === 'failure'
        ? failed
        : logon;

const authentication = (text: string): JsonObject =>
  /fail|deni|reject|invalid/i.test(text) ? failed : /succe|allow/i.test(text) ? logon : device;

const DESCRIBED: readonly DeviceSentence[] = [
  sentence(
    String.raw`failed authentication for user '<username>'\.? .{0,400}From: (?<src_ip>[\da-f.:]{2,45}?)\.?$`,
    failed,
  ),
  sentence(String.raw`failed authentication for user '<username>'`, failed),
  sentence(String.raw`authenticated for user '<username>'\.? .{0,400}From: (?<src_ip>[\da-f.:]{2,45}?)\.?$`, logon),
  sentence(String.raw`authenticated for user '<username>'`, logon),
  sentence(String.raw`User <username> logged in via \w{1,32} from (?<src_ip>[\da-f.:]{2,45})`, logon),
  sentence(String.raw`User <username> logged out via \w{1,32} from (?<src_ip>[\da-f.:]{2,45})`, logoff),
  ...(
    [
      ['user authentication succeeded', logon],
      ['user authentication failed', failed],
      ['user login succeeded', logon],
      ['user logout succeeded', logoff],
    ] as const
  ).map(([what, says]) =>
    sentence(
      String.raw`GlobalProtect \w{1,16} ${what}\. Login from: (?<src_ip>[\da-f.:]{2,45}), .{0,80}?User name: (?<username>[^,]{1,256})`,
      says,
    ),
  ),
];

const TRAFFIC: PaloAltoColumns = {
  fewest: 27,
  names: SIDES,
  from20: [...PORTS, '', 'sent_bytes', 'received_bytes'],
  device: [48],
  zonedFrom: 92,
};

export const PALO_ALTO_COLUMNS: Readonly<Record<string, PaloAltoColumns>> = {
  TRAFFIC,
  THREAT: {
    fewest: 27,
    names: SIDES,
    from20: [...PORTS, 'url', 'threat', 'category', 'severity'],
    device: [55],
    zonedFrom: 98,
    activity: threat,
  },
  DECRYPTION: { fewest: 27, names: SIDES, from20: PORTS },
  TUNNEL: { fewest: 27, names: SIDES, from20: PORTS },
  USERID: {
    fewest: 14,
    names: ['', '', '', 'vsys', 'src_ip', 'username'],
    device: [21],
    activity: ([subtype]) => session(subtype),
  },
  GLOBALPROTECT: {
    fewest: 14,
    names: ['', '', '', 'vsys', 'subtype', '', '', '', 'username', '', 'machinename', 'src_ip'],
    device: [43],
    zonedFrom: 31,
    activity: (said) => session(said[4], said[24]),
  },
  AUTHENTICATION: {
    fewest: 18,
    names: ['', '', '', 'vsys', 'src_ip', 'username'],
    device: [25],
    zonedFrom: 29,
    activity: (said) => authentication(`${said[14] ?? ''} ${said[16] ?? ''}`),
  },
  SYSTEM: {
    fewest: 11,
    names: ['', '', '', 'vsys', 'event_id', 'object', '', '', 'module', 'severity'],
    device: [18],
    zonedFrom: 20,
    activity: () => device,
    sentences: DESCRIBED,
    describedAt: 10,
  },
  CONFIG: {
    fewest: 10,
    names: ['', '', '', 'src_ip', 'vsys', 'command', 'username', 'client', 'result', 'path'],
    device: [17, 19],
    zonedFrom: 18,
    activity: () => config,
  },
  HIPMATCH: {
    fewest: 8,
    names: ['', '', '', 'username', 'vsys', 'machinename', '', 'src_ip'],
    device: [20],
    activity: () => device,
  },
  CORRELATION: {
    fewest: 8,
    names: ['', '', '', 'src_ip', 'username', 'vsys'],
    device: [13],
    activity: () => detection,
  },
};
