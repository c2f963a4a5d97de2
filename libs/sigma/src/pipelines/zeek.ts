import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

const LOGS = [
  'capture_loss', 'conn', 'dce_rpc', 'dhcp', 'dnp3', 'dns', 'dpd', 'files', 'ftp', 'gssapi', 'http', 'intel', 'irc', 'kerberos', 'ldap', 'ldap_search', 'modbus', 'mysql', 'notice', 'ntlm', 'ntp', 'pe',
  'postgresql', 'quic', 'radius', 'rdp', 'rfb', 'sip', 'smb_cmd', 'smb_files', 'smb_mapping', 'smtp', 'snmp', 'socks', 'software', 'ssh', 'ssl', 'stats', 'syslog', 'tunnel', 'weird', 'x509',
];

/** Zeek's logs as JSON: `_path` (or what a collector makes of it) is the log; http, dns and conn also answer to categories without a product. */
export const zeek: SourceMapping = {
  ...plain,
  selectors: ['_path'],
  logsources: [
    ...LOGS.map((service) => ({ when: { _path: [service, `zeek.${service}`, `bro_${service}`] }, logsource: { product: 'zeek', service } })),
    { when: { _path: ['http', 'zeek.http', 'bro_http'] }, logsource: { category: 'proxy' } },
    { when: { _path: ['dns', 'zeek.dns', 'bro_dns'] }, logsource: { category: 'dns' } },
    { when: { _path: ['conn', 'zeek.conn', 'bro_conn'] }, logsource: { category: 'firewall' } },
    { when: {}, logsource: { product: 'zeek' } },
  ],
  aliases: [{
    when: {},
    fields: {
      _path: ['@path', 'path_name', 'event.dataset', 'log_type', '@stream'],
      'id.orig_h': ['id_orig_h', 'source.ip', 'orig_h'], 'id.orig_p': ['id_orig_p', 'source.port'],
      'id.resp_h': ['id_resp_h', 'destination.ip', 'resp_h'], 'id.resp_p': ['id_resp_p', 'destination.port'],
      src_ip: ['id.orig_h', 'id_orig_h', 'source.ip'], src_port: ['id.orig_p', 'id_orig_p', 'source.port'],
      dst_ip: ['id.resp_h', 'id_resp_h', 'destination.ip'], dst_port: ['id.resp_p', 'id_resp_p', 'destination.port'],
      'c-ip': ['id.orig_h', 'id_orig_h', 'source.ip'], 'c-uri': ['uri'], 'cs-uri': ['uri'], 'c-uri-query': ['uri'], 'cs-uri-query': ['uri'], 'cs-uri-stem': ['uri'], 'cs-host': ['host'], 'r-dns': ['host'],
      'c-useragent': ['user_agent'], 'cs-user-agent': ['user_agent'], 'cs-method': ['method'], 'sc-status': ['status_code'], 'cs-referer': ['referrer'], 'cs-referrer': ['referrer'],
      answer: ['answers'], record_type: ['qtype_name', 'query_type'], action: ['conn_state'],
      'certificate.serial': ['certificate_serial'], 'certificate.subject': ['certificate_subject'], 'certificate.issuer': ['certificate_issuer'],
    },
  }],
  entity: ['id.orig_h'],
};
