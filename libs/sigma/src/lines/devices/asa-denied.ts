/** Cisco's ASA, and FTD where it speaks like it: what it turns away, by the number of the message. */
import { sentence, type DeviceSentence } from './sentences.js';

const DENY = { action: 'deny' };
const ON = String.raw`on interface \S`;

/** What it tells about, by number or by its first three digits. */
export const ASA_DENIED: readonly (readonly [ids: string, ...sentences: DeviceSentence[]])[] = [
  ['106001', sentence('Inbound <protocol> connection denied from <src_ip>/<src_port> to <dst_ip>/<dst_port> ', DENY)],
  [
    '106002',
    sentence('<protocol> connection denied by outbound list \\S+ src <src_ip> (?:<src_port> )?dest <dst_ip>', DENY),
  ],
  [
    '106006 106007',
    sentence('Deny inbound <protocol> from <src_ip>/<src_port> to <dst_ip>/<dst_port> (?:on interface|due to) ', DENY),
  ],
  ['106010', sentence('Deny inbound (?:protocol )?<protocol> src {src}.{0,160}? dst {dst}', DENY)],
  ['106012 106017', sentence('Deny IP (?:due to Land Attack )?from <src_ip> to <dst_ip>(?:,|$)', DENY)],
  [
    '106013',
    sentence('Dropping echo request from <src_ip> to PAT address <dst_ip>', { action: 'drop', protocol: 'icmp' }),
  ],
  [
    '106014',
    sentence(
      String.raw`Deny inbound <protocol> src [^\s:/]{1,64}:<src_ip>.{0,160}? dst [^\s:/]{1,64}:<dst_ip>.{0,160}? ?\(type `,
      DENY,
    ),
  ],
  ['106015', sentence(`Deny <protocol> \\(no connection\\) from <src_ip>/<src_port> to <dst_ip>/<dst_port> `, DENY)],
  ['106016', sentence(String.raw`Deny IP spoof from \(<src_ip>\) to <dst_ip> ${ON}`, DENY)],
  [
    '106018',
    sentence(
      String.raw`<protocol> packet type \S+ denied by (?:in|out)bound list \S+ src <src_ip> dest <dst_ip>`,
      DENY,
    ),
  ],
  ['106020', sentence(String.raw`Deny IP teardrop fragment \([^)]{0,64}\) from <src_ip> to <dst_ip>`, DENY)],
  [
    '106021 106022',
    sentence('Deny <protocol> (?:reverse path check|connection spoof) from <src_ip> to <dst_ip> on ', DENY),
  ],
  [
    '106023',
    sentence('Deny <protocol> src {src}{who}.{0,160}? dst {dst}.{0,160}? by access-group "?<rule>"', DENY),
    sentence(
      'Deny <protocol> src [^\\s:/]{1,64}:<src_ip>{who} dst [^\\s:/]{1,64}:<dst_ip>.{0,160}? by access-group "?<rule>"',
      DENY,
    ),
  ],
  [
    '106100',
    sentence(
      String.raw`access-list <rule> <action> <protocol> [^\s/]{1,64}/<src_ip>\(<src_port>\).{0,200}? -> [^\s/]{1,64}/<dst_ip>\(<dst_port>\)`,
    ),
  ],
  [
    '106102 106103',
    sentence(
      String.raw`access-list <rule> <action> <protocol> for user '?(?<username>[^\s']{1,128})'? [^\s/]{1,64} ?/<src_ip>\(?[ ]?<src_port>\)? (?:-> )?[^\s/]{1,64} ?/<dst_ip>\(?[ ]?<dst_port>\)?`,
    ),
  ],
];
