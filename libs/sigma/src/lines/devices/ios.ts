import type { JsonObject } from '../../json.js';
import {
  ACTIVITIES,
  heard,
  LONGEST_SENTENCE,
  markIn,
  sentence,
  type DeviceLine,
  type DeviceSentence,
} from './sentences.js';

const { logon, failed, logoff, config, detection, device } = ACTIVITIES;
const CLIENT = String.raw`client \(?(?<client>[\w.:-]{1,64})\)?(?: with MAC \S+)? on Interface <interface>`;
const CHANGED = sentence(
  String.raw`(?:Line protocol on )?Interface (?<interface>[^,]{1,64}), changed state to (?<state>[\w ]{1,32})`,
  device,
);
/** What matched an access list. */
const LISTED = sentence(
  String.raw`(?:\S{1,16}: \S{1,32}:  ?)?(?:access-)?list <rule>(?:/\d{1,9})? (?<action>denied|permitted) <protocol> (?:[^\s\d]\S{0,31} )?(?<src_ip>[\da-f.:]{3,39})(?:\((?<src_port>\d{1,5})\))?(?: \([^)]{0,64}\))? ?-> (?:[^\s\d]\S{0,31} )?(?<dst_ip>[\da-f.:]{3,39})(?:\((?<dst_port>\d{1,5})\))?`,
);

/** Messages of IOS, IOS XE and NX-OS by facility and mnemonic, or by one of both. */
const TABLE: readonly (readonly [names: string, ...sentences: DeviceSentence[]])[] = [
  [
    'IPACCESSLOGP IPACCESSLOGDP IPACCESSLOGNP IPACCESSLOGSP IPACCESSLOGRP ACCESSLOGP ACCESSLOGDP ACCESSLOGNP ACCESSLOGSP',
    LISTED,
  ],
  ['IPACCESSLOGS', sentence(String.raw`(?:access-)?list <rule> (?<action>denied|permitted) <src_ip> \d`)],
  [
    'ACLLOG_FLOW_INTERVAL ACLLOG_NEW_FLOW',
    sentence(
      String.raw`(?:ACL name: <rule>, .{0,160}?)?Src IP: <src_ip>, Dst IP: <dst_ip>, Src Port: <src_port>, Dst Port: <dst_port>, Src Intf: <interface>, (?:.{0,160}?Protocol: "(?<protocol>\w{1,32}))?`,
    ),
    LISTED,
  ],
  [
    'DROP_PKT',
    sentence(
      String.raw`Dropping <protocol> (?:session|pkt|packet) (?:from )?(?:\S+ )?(?<src_ip>[\da-f.]{3,39}):<src_port> (?:=> )?(?<dst_ip>[\da-f.]{3,39}):<dst_port>`,
      { action: 'drop' },
    ),
  ],
  [
    'SESS_AUDIT_TRAIL_START SESS_AUDIT_TRAIL',
    sentence(
      String.raw`(?:\S{1,128}:)?(?:(?:Start|Stop) )?<protocol> session: initiator \((?<src_ip>[\da-f.]{3,39}):<src_port>\).{0,80}? -- responder \((?<dst_ip>[\da-f.]{3,39}):<dst_port>\)`,
    ),
  ],
  [
    'SYS-CONFIG_I VSHD_SYSLOG_CONFIG_I',
    sentence(String.raw`Configured from .{1,128}? by <username> on \S{1,64} \(<src_ip>\)`, config),
    sentence(String.raw`Configured from .{1,128}? by (?<username>\S{1,128}) on (?<src_ip>[\da-f.:]{3,39})@`, config),
    sentence(String.raw`Configured from .{1,128}? by (?!console$)(?<username>\S{1,128})`, config),
    sentence('Configured from ', config),
  ],
  ['CFGLOG_LOGGEDCMD', sentence(String.raw`User: ?(?<username>\S{1,128}) {1,2}logged command: ?<command>`, config)],
  ['SYS-LOGOUT', sentence(String.raw`User <username> has exited tty session \d+ ?\(<src_ip>\)`, logoff)],
  [
    'SEC_LOGIN-LOGIN_SUCCESS WEBLOGIN_SUCCESS',
    sentence(String.raw`Login Success \[user: <username>\] \[Source: <src_ip>\]`, logon),
  ],
  [
    'SEC_LOGIN-LOGIN_FAILED WEBLOGIN_FAILED',
    sentence(String.raw`Login failed \[user: (?<username>.{0,256})\] \[Source: <src_ip>\]`, failed),
  ],
  ['QUIET_MODE_ON', sentence(String.raw`.{0,80}?\[user: (?<username>.{0,256})\] \[Source: <src_ip>\]`, failed)],
  [
    'SSH2_USERAUTH',
    sentence(
      String.raw`User '<username>' authentication for SSH2 Session from <src_ip> \(tty = \d+\).{0,160} Failed`,
      failed,
    ),
    sentence(
      String.raw`User '<username>' authentication for SSH2 Session from <src_ip> \(tty = \d+\).{0,160} Succeeded`,
      logon,
    ),
  ],
  ['SSH2_CLOSE', sentence(String.raw`SSH2 Session from <src_ip> \(tty = \d+\) for user '<username>' using`, logoff)],
  ['SSH2_SESSION', sentence(String.raw`SSH2 Session request from <src_ip> \(tty = \d+\)`, device)],
  [
    'DMI-AUTH_PASSED',
    sentence(
      "(?:\\S+: ){0,2}User '<username>' authenticated successfully from (?<src_ip>[\\da-f.]{3,39}):<src_port> ",
      logon,
    ),
  ],
  [
    'DMI-AUTHENTICATION_FAILED',
    sentence(
      '(?:\\S+: ){0,2}Authentication failure from (?<src_ip>[\\da-f.]{3,39}):<src_port> for <username> over',
      failed,
    ),
  ],
  ['SNMP-AUTHFAIL', sentence('Authentication failure for SNMP req from host <src_ip>', failed)],
  [
    'AUTHMGR DOT1X MAB SESSION_MGR EPM',
    sentence(`(?:\\S+: ){0,2}(?:Authentication|Authorization) (?:succeeded|successful) for ${CLIENT}`, logon),
    sentence(`(?:\\S+: ){0,2}(?:Authentication|Authorization) failed.{0,80}? for ${CLIENT}`, failed),
    sentence(`(?:\\S+: ){0,2}.{0,128}?${CLIENT}`, device),
  ],
  [
    'PSECURE_VIOLATION',
    sentence(
      String.raw`Security violation occurred, caused by MAC address (?<client>[\w.:-]{1,64}) on port <interface>`,
      detection,
    ),
  ],
  ['LINK LINEPROTO UPDOWN', CHANGED],
  ['ETHPORT', sentence(String.raw`Interface (?<interface>[\w./-]{1,64}) is (?<state>up|down|admin)`, device)],
  [
    'AUTHPRIV DAEMON',
    sentence('(?:\\w+:)?Authentication failed from <src_ip>(?: |$)', failed),
    sentence('(?:error: )?PAM: Authentication failure for (?:illegal user )?<username> from <src_ip>(?: - |$)', failed),
  ],
];

const BY_NAME: ReadonlyMap<string, readonly DeviceSentence[]> = new Map(
  TABLE.flatMap(([names, ...sentences]) => names.split(' ').map((name) => [name, sentences] as const)),
);

/** `%FACILITY-SEVERITY-MNEMONIC: `; some name a module or a switch besides. */
const MARK =
  /%([A-Z][A-Z\d_]{1,31})(?:-(?:SP|SW\d|SLOT\d{1,2}|STDBY|MODULE))?(?:-[A-Z][A-Z\d_]{1,31})?-[0-7]-([A-Z][A-Z\d_]{1,63}): /;

/** Messages of Cisco's switches and routers. `mnemonic` is what is behind the severity. */
export const ios = (said: DeviceLine): JsonObject | undefined => {
  const at = markIn(said, MARK);
  if (at < 0) return undefined;
  const text = said.line.slice(at, at + LONGEST_SENTENCE);
  const [mark = '', facility = '', mnemonic = ''] = MARK.exec(text) ?? [];
  const known = [`${facility}-${mnemonic}`, mnemonic, facility].map((name) => BY_NAME.get(name)).find((one) => one);
  return { facility, mnemonic, ...(known ? heard(known, text.slice(mark.length)) : {}) };
};
