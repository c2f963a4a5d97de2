/** Cisco's ASA: who logs on, by VPN or to the device itself, and what he changes, by the number of the message. */
import type { JsonObject } from '../../json.js';
import { ACTIVITIES, sentence, type DeviceSentence } from './sentences.js';

const { logon, failed, logoff, config, device } = ACTIVITIES;
/** Whom a message of a VPN is about, between angles or plainly. What stands behind the name is the device's. */
const ofWhom = (rest: string, says: JsonObject): [DeviceSentence, DeviceSentence] => [
  sentence(`Group <(?<group>.{1,128})> User <(?<username>.{1,256})> IP <<src_ip>> ${rest}`, says),
  sentence(String.raw`Group (?<group>\S{1,128}) User (?<username>\S{1,128}) IP <src_ip> ${rest}`, says),
];
const GROUP = 'Group = <group>, Username = <username>, IP = <src_ip>, ';
const PEER = String.raw`Local:\S{1,64} Remote:(?<src_ip>[\w.:%-]{1,128}?):(?<src_port>\d{1,5}) Username:(?<username>\S{1,128}) `;
const AAA = 'AAA user \\w{1,32} ';

export const ASA_SESSIONS: readonly (readonly [ids: string, ...sentences: DeviceSentence[]])[] = [
  [
    '109005',
    sentence("Authentication succeeded for user '<username>' from <src_ip>/<src_port> to <dst_ip>/<dst_port> ", logon),
  ],
  [
    '109006',
    sentence("Authentication failed for user '<username>' from <src_ip>/<src_port> to <dst_ip>/<dst_port> ", failed),
  ],
  ['111005', sentence('<src_ip> end configuration: ', config)],
  ['111008 111009', sentence("User '<username>' executed (?:the )?'(?:cmd: )?<command>'(?: command)?", config)],
  [
    '111010',
    sentence("User '<username>', running '[^']{0,64}' from IP <src_ip>, executed '<command>'$", config),
    sentence("User '<username>', running '[^']{0,64}' from IP '?<src_ip>'?, executed '", config),
  ],
  [
    '113003 113009',
    sentence('AAA .{0,64}?policy for user <username> (?:is being set to|=) ', device),
    sentence('AAA retrieved default group policy \\(?\\S+\\)? for user = <username>$', device),
  ],
  ['113004', sentence(`${AAA}Successful : server = +<server> : user = <username>$`, logon)],
  [
    '113005',
    sentence(
      `${AAA}Rejected : reason = <reason> : server = +<server> : user = <username> : user IP = <src_ip>$`,
      failed,
    ),
    sentence(`${AAA}Rejected : reason = <reason> : server = +<server> : user = <username>$`, failed),
  ],
  ['113006', sentence('User <username> locked out on exceeding', failed)],
  ['113008', sentence('AAA transaction status ACCEPT : user = <username>$', logon)],
  ['113012', sentence(`${AAA}Successful : local database : user = <username>$`, logon)],
  ['113013', sentence('AAA unable to complete the request Error : reason = <reason> : user = <username>$', failed)],
  ['113014', sentence('AAA \\w+ server not accessible : server = +<server> : user = <username>$', failed)],
  [
    '113015',
    sentence(`${AAA}Rejected : reason = <reason> : local database ?: user = <username> : user IP = <src_ip>$`, failed),
    sentence(`${AAA}Rejected : reason = <reason> : local database ?: user = <username>$`, failed),
  ],
  [
    '113016 113017',
    sentence(
      'AAA credentials rejected ?: reason = <reason> : (?:server = +\\S+|local database) ?: user = <username> : user IP = <src_ip>$',
      failed,
    ),
  ],
  ['113019', sentence(`${GROUP}Session disconnected`, logoff)],
  ['113021', sentence("Attempted console login failed\\. User '?<username>'? did NOT have", failed)],
  ['113039', ...ofWhom('AnyConnect parent session started', logon)],
  ['605004', sentence('Login denied from <src_ip>/<src_port> to {dst} for user "<username>"', failed)],
  ['605005', sentence('Login permitted from <src_ip>/<src_port> to {dst} for user "<username>"', logon)],
  ['611101', sentence('User authentication succeeded: (?:IP address: <src_ip>, )?Uname: <username>$', logon)],
  ['611102', sentence('User authentication failed: (?:IP address: <src_ip>, )?Uname: <username>$', failed)],
  ['611103', sentence('User logged out: Uname: <username>$', logoff)],
  ['716001', ...ofWhom('WebVPN session started', logon)],
  ['716002', ...ofWhom('WebVPN session terminated', logoff)],
  ['716038', ...ofWhom('Authentication: successful', logon)],
  ['716039', ...ofWhom('Authentication: rejected', failed)],
  ['722022 722033', ...ofWhom('(?:First )?\\w+ SVC connection established', logon)],
  ['722023', ...ofWhom('\\w+ SVC connection terminated', logoff)],
  ['722034 722037 722041 722055', ...ofWhom('', device)],
  ['722051', ...ofWhom('(?:IPv4 )?Address <?<assigned_ip>>? .{0,160}?assigned to session', logon)],
  [
    '734001',
    sentence('DAP: User <username>, Addr <src_ip>, Connection (?<connection>[^:]{1,64}): ', device),
    sentence('DAP: User <username>, Addr <src_ip>: ', device),
  ],
  ['750006', sentence(`${PEER}IKEv2 SA UP`, logon)],
  ['750007', sentence(`${PEER}IKEv2 SA DOWN`, logoff)],
  ['750 751', sentence(PEER, device)],
];

/** What messages of any other number about a session of a VPN begin with. */
export const ANY_SESSION: readonly DeviceSentence[] = [sentence(GROUP, device), ...ofWhom('', device)];
