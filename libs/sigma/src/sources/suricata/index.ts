import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

const EVE_SERVICES = [
  'alert',
  'anomaly',
  'dhcp',
  'dns',
  'drop',
  'fileinfo',
  'flow',
  'http',
  'http2',
  'ike',
  'krb5',
  'mqtt',
  'netflow',
  'nfs',
  'rdp',
  'rfb',
  'sip',
  'smb',
  'smtp',
  'snmp',
  'ssh',
  'stats',
  'tftp',
  'tls',
];

/** EVE: `service` is the event type; http and dns records also answer to Sigma's generic categories proxy and dns. */
const mapping: SourceMapping = {
  ...plain,
  // AWS Network Firewall wraps the record.
  containers: ['event'],
  selectors: ['event_type'],
  logsources: [
    ...EVE_SERVICES.map((service) => ({
      when: { event_type: [service] },
      logsource: { product: 'suricata', service },
    })),
    { when: { event_type: ['http'] }, logsource: { category: 'proxy' } },
    { when: { event_type: ['dns'] }, logsource: { category: 'dns' } },
    { when: { event_type: ['dns'] }, logsource: { category: 'network', service: 'dns' } },
    { when: { event_type: ['flow', 'netflow'] }, logsource: { category: 'network', service: 'connection' } },
    { when: {}, logsource: { product: 'suricata' } },
  ],
  aliases: [
    {
      when: {},
      fields: {
        'c-ip': ['src_ip'],
        'cs-uri-query': ['http.url'],
        'cs-uri-stem': ['http.url'],
        'cs-content-type': ['http.http_content_type'],
        'cs-bytes': ['http.length'],
        'c-uri': ['http.url'],
        'cs-uri': ['http.url'],
        'cs-host': ['http.hostname'],
        'r-dns': ['http.hostname'],
        'c-useragent': ['http.http_user_agent'],
        'cs-user-agent': ['http.http_user_agent'],
        'cs-method': ['http.http_method'],
        'sc-status': ['http.status'],
        'cs-referrer': ['http.http_refer'],
        'cs-referer': ['http.http_refer'],
        query: ['dns.rrname', 'dns.query.rrname', 'dns.queries.rrname'],
        record_type: ['dns.rrtype', 'dns.query.rrtype', 'dns.queries.rrtype'],
        answer: ['dns.rdata', 'dns.answers.rdata'],
        dst_ip: ['dest_ip'],
        dst_port: ['dest_port'],
        'source.ip': ['src_ip'],
        'source.port': ['src_port'],
        'destination.ip': ['dest_ip'],
        'destination.port': ['dest_port'],
      },
    },
  ],
  entity: ['src_ip'],
};

export const suricata: MappedSource = { rules: [{ product: 'suricata' }], mapping };
