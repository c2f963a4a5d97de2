import type { MappedSource, SourceMapping, When } from '../source.js';
import { plain } from '../shared/plain.js';

const LOGS = [
  'capture_loss',
  'conn',
  'dce_rpc',
  'dhcp',
  'dnp3',
  'dns',
  'dpd',
  'files',
  'ftp',
  'gssapi',
  'http',
  'intel',
  'irc',
  'kerberos',
  'ldap',
  'ldap_search',
  'modbus',
  'mysql',
  'notice',
  'ntlm',
  'ntp',
  'pe',
  'postgresql',
  'quic',
  'radius',
  'rdp',
  'rfb',
  'sip',
  'smb_cmd',
  'smb_files',
  'smb_mapping',
  'smtp',
  'snmp',
  'socks',
  'software',
  'ssh',
  'ssl',
  'stats',
  'syslog',
  'tunnel',
  'weird',
  'x509',
];

/** By which of its values a log is known whose lines do not name it, as Zeek's own JSON writer leaves them. */
const UNNAMED: readonly { service: string; field: string; values: readonly string[] }[] = [
  {
    service: 'conn',
    field: 'conn_state',
    values: ['S0', 'S1', 'SF', 'REJ', 'S2', 'S3', 'RSTO', 'RSTR', 'RSTOS0', 'RSTRH', 'SH', 'SHR', 'OTH'],
  },
  { service: 'dns', field: 'qclass_name', values: ['C_INTERNET', 'C_CHAOS', 'C_HESIOD', 'C_NONE', 'C_ANY'] },
  // Without OPTIONS, which SIP has too.
  { service: 'http', field: 'method', values: ['GET', 'POST', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'CONNECT', 'TRACE'] },
  {
    service: 'ssl',
    field: 'version',
    values: ['SSLv2', 'SSLv3', 'TLSv10', 'TLSv11', 'TLSv12', 'TLSv13', 'DTLSv10', 'DTLSv12', 'DTLSv13'],
  },
];
/** Logs that also answer to a category without a product. */
const CATEGORIES = { http: 'proxy', dns: 'dns', conn: 'firewall' };

const whenIs = (service: string): When[] => [
  { _path: [service, `zeek.${service}`, `bro_${service}`] },
  ...UNNAMED.filter((one) => one.service === service).map(({ field, values }) => ({ _path: [''], [field]: values })),
];

/**
 * Zeek's logs as JSON: `_path` (or what a collector makes of it) is the log; http, dns and conn also answer to
 * categories without a product.
 */
const mapping: SourceMapping = {
  ...plain,
  selectors: ['_path', ...UNNAMED.map(({ field }) => field)],
  logsources: [
    ...LOGS.flatMap((service) => whenIs(service).map((when) => ({ when, logsource: { product: 'zeek', service } }))),
    ...Object.entries(CATEGORIES).flatMap(([service, category]) =>
      whenIs(service).map((when) => ({ when, logsource: { category } })),
    ),
    { when: {}, logsource: { product: 'zeek' } },
  ],
  aliases: [
    {
      when: {},
      fields: {
        _path: ['@path', 'path_name', 'event.dataset', 'log_type', '@stream'],
        'id.orig_h': ['id_orig_h', 'source.ip', 'orig_h'],
        'id.orig_p': ['id_orig_p', 'source.port'],
        'id.resp_h': ['id_resp_h', 'destination.ip', 'resp_h'],
        'id.resp_p': ['id_resp_p', 'destination.port'],
        src_ip: ['id.orig_h', 'id_orig_h', 'source.ip'],
        src_port: ['id.orig_p', 'id_orig_p', 'source.port'],
        dst_ip: ['id.resp_h', 'id_resp_h', 'destination.ip'],
        dst_port: ['id.resp_p', 'id_resp_p', 'destination.port'],
        'c-ip': ['id.orig_h', 'id_orig_h', 'source.ip'],
        'c-uri': ['uri'],
        'cs-uri': ['uri'],
        'c-uri-query': ['uri'],
        'cs-uri-query': ['uri'],
        'cs-uri-stem': ['uri'],
        'cs-host': ['host'],
        'r-dns': ['host'],
        'c-useragent': ['user_agent'],
        'cs-user-agent': ['user_agent'],
        'cs-method': ['method'],
        'sc-status': ['status_code'],
        'cs-referer': ['referrer'],
        'cs-referrer': ['referrer'],
        answer: ['answers'],
        record_type: ['qtype_name', 'query_type'],
        action: ['conn_state'],
        'certificate.serial': ['certificate_serial'],
        'certificate.subject': ['certificate_subject'],
        'certificate.issuer': ['certificate_issuer'],
      },
    },
  ],
  entity: ['id.orig_h'],
};

export const zeek: MappedSource = { rules: [{ product: 'zeek' }], mapping };
