/** Cisco's ASA, and FTD where it speaks like it: what happens to traffic, by the number of the message. */
import { ACTIVITIES, sentence, type DeviceSentence } from './sentences.js';

const DENY = { action: 'deny' };
const ON = String.raw`on interface \S`;

/** What it tells about, by number or by its first three digits. */
export const ASA_TRAFFIC: readonly (readonly [ids: string, ...sentences: DeviceSentence[]])[] = [
  [
    '302013 302015 302017',
    sentence('<action> <direction> <protocol> connection \\S+ (?:for|from) {one}{as}{who} to {other}'),
  ],
  [
    '302014 302016 302018',
    sentence('<action> (?:<direction> )?<protocol> connection \\S+ (?:for|from) {one}{as}{who} to {other}'),
  ],
  [
    '302020 302021',
    sentence(
      String.raw`<action> (?:<direction> )?<protocol> connection (?:\d+ )?for faddr <one_ip>/\d+{who} gaddr \S+ laddr <other_ip>/\d+`,
    ),
  ],
  [
    '303002',
    sentence('FTP connection from {src}{as} to {dst}{as}, user <username> (?:Stored|Retrieved) file ', {
      protocol: 'tcp',
    }),
  ],
  [
    '304001',
    sentence(
      String.raw`(?:<username>@)?<src_ip>{whose} Accessed URL (?<dst_ip>[\da-f.:]{2,45}?):(?<url>(?:\w{2,8}:/)?/\S{0,1900})`,
      ACTIVITIES.web,
    ),
  ],
  ['304002', sentence('Access denied URL <url> SRC <src_ip>{whose} DEST <dst_ip>', { ...ACTIVITIES.web, ...DENY })],
  [
    '305011 305012',
    sentence(
      String.raw`<action> (?:dynamic|static) <protocol> translation from {src}{whose}.{0,160}? to [^\s:/]{1,64}:<nat_ip>/<nat_port>`,
      ACTIVITIES.translation,
    ),
    sentence(
      String.raw`<action> (?:dynamic|static) translation from [^\s:/]{1,64}:<src_ip>{whose}.{0,160}? to [^\s:/]{1,64}:<nat_ip>`,
      ACTIVITIES.translation,
    ),
  ],
  [
    '305013',
    sentence(
      'Asymmetric NAT rules matched .{0,160}? Connection (?:for )?<protocol> src {src}{whose}.{0,160}? dst {dst}',
      DENY,
    ),
  ],
  ['313001 313008', sentence(String.raw`Denied <protocol> type=\d+, code=\d+ from <src_ip> ${ON}`, DENY)],
  [
    '313004',
    sentence(String.raw`Denied <protocol> type=\d+, from (?:laddr )?<src_ip> ${ON}+ to <dst_ip>: no matching`, DENY),
  ],
  [
    '313005',
    sentence(
      String.raw`No matching connection for ICMP error message: <protocol> src [^\s:/]{1,64}:<src_ip>{whose} dst [^\s:/]{1,64}:<dst_ip>{whose} \(type`,
      DENY,
    ),
  ],
  [
    '338',
    sentence(
      '(?:Dynamic Filter )<action> (?:black ?listed|grey ?listed|black listed) <protocol> traffic from {src}{as} to {dst}{as}(?:, \\S+ <threat_ip> resolved from \\S+ list: <threat>,?)?',
      ACTIVITIES.detection,
    ),
    sentence('(?:Dynamic Filter )<action> white ?listed <protocol> traffic from {src}{as} to {dst}'),
  ],
  ['400', sentence(String.raw`IPS:\d+ (?<signature>.{1,128}) from <src_ip> to <dst_ip> ${ON}`, ACTIVITIES.detection)],
  ['419002', sentence('Duplicate <protocol> SYN from {src} to {dst} with different', DENY)],
  [
    '710',
    sentence('<protocol> access (?<action>permitted|denied|requested)(?: by ACL)? from <src_ip>/<src_port> to {dst}'),
    sentence('<protocol> request (?<action>discarded) from <src_ip>/<src_port> to {dst}'),
  ],
  [
    '725',
    sentence(
      '(?:Starting|Device (?:completed|failed)|Device selects trust-point \\S+) ?(?:SSL handshake with|for)? (?:client|server) {src} to <dst_ip>/<dst_port>',
      { protocol: 'tcp' },
    ),
    sentence('SSL (?:session with )?(?:client|server) {src} to <dst_ip>/<dst_port> <action>', { protocol: 'tcp' }),
    sentence('(?:Starting|Device (?:completed|failed)) SSL handshake with (?:client|server) {src} ', {
      protocol: 'tcp',
    }),
  ],
  [
    '733100 733101',
    sentence(String.raw`\[?(?: ?Host)? ?<src_ip>\]? is (?:attacking|targeted)`, ACTIVITIES.detection),
    sentence(String.raw`\[ ?(?<object>[^\]]{1,64})\] drop rate-\d+ exceeded`, ACTIVITIES.detection),
  ],
  [
    '733102 733103',
    sentence('Threat-detection (?<action>adds|removes) host <src_ip> (?:to|from) shun list', ACTIVITIES.detection),
  ],
];
