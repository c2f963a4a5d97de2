import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

/** Logs of any vendor, in the names of the Elastic Common Schema, of CEF, and of the products seen most often. */
const of = (category: string, derives: SourceMapping['derives'], containers: readonly string[], fields: Record<string, readonly string[]>, services: SourceMapping['logsources'] = []): SourceMapping =>
  ({ ...plain, ...(derives ? { derives } : {}), containers, logsources: [{ when: {}, logsource: { category } }, ...services], aliases: [{ when: {}, fields }], entity: ['src_ip'] });

/** Where a log line lies as text, and the object some vendors put everything into. */
const LINES = ['message', '_raw', 'raw', 'event'];

const SOURCE = ['source.ip', 'src', 'csip', 'clt_sip', 'ssip', 'srcip', 'src_ip', 'source_ip', 'sourceAddress', 'SourceIP', 'SrcIP', 'SrcAddr', 'cip', 'clientip', 'client.ip', 'client_ip', 'c-ip', 'remote_addr', 'remote_host', 'ClientIP'];
const SOURCE_PORT = ['source.port', 'spt', 'csport', 'ssport', 'srcport', 'source_port', 'sourcePort', 'SrcPort', 'client.port'];
const DESTINATION = ['destination.ip', 'dst', 'cdip', 'sdip', 'srv_dip', 'dstip', 'dest_ip', 'destination_ip', 'destinationAddress', 'DestinationIP', 'DstIP', 'DstAddr', 'sip', 'serverip', 'server.ip', 'server_ip', 'r-ip', 's-ip'];
const DESTINATION_PORT = ['destination.port', 'dpt', 'cdport', 'sdport', 'srv_dport', 'dstport', 'dest_port', 'destination_port', 'destinationPort', 'DestinationPort', 'DstPort'];
const USER = ['user.name', 'source.user.name', 'login', 'suser', 'username', 'srcuser', 'sourceUserName', 'remote_user', 'user'];

const FLOW = { src_ip: SOURCE, src_port: SOURCE_PORT, dst_ip: DESTINATION, dst_port: DESTINATION_PORT, username: USER };

const HTTP = {
  ...FLOW,
  'c-ip': SOURCE,
  'c-useragent': ['cs-user-agent', 'user_agent.original', 'useragent', 'ua', 'userAgent', 'user_agent', 'http_user_agent', 'agent', 'requestClientApplication', 'ClientRequestUserAgent', 'cs(User-Agent)'],
  'cs-user-agent': ['c-useragent', 'user_agent.original', 'useragent', 'userAgent', 'user_agent', 'http_user_agent', 'agent', 'requestClientApplication', 'ClientRequestUserAgent', 'cs(User-Agent)'],
  'cs-method': ['http.request.method', 'requestmethod', 'reqmethod', 'requestMethod', 'request_method', 'method', 'verb', 'ClientRequestMethod'],
  'sc-status': ['http.response.status_code', 'status', 'statuscode', 'respcode', 'status_code', 'sc_status', 'http_status', 'response', 'EdgeResponseStatus'],
  'cs-referer': ['cs-referrer', 'http.request.referrer', 'referer', 'refererURL', 'referrer', 'http_referer', 'ereferer', 'cs(Referer)', 'ClientRequestReferer'],
  'cs-referrer': ['cs-referer', 'http.request.referrer', 'referer', 'refererURL', 'referrer', 'http_referer', 'ereferer', 'cs(Referer)', 'ClientRequestReferer'],
  'cs-cookie': ['http.request.headers.cookie', 'cookie', 'cs(Cookie)'],
  'cs-content-type': ['http.request.headers.content-type', 'http.request.mime_type', 'content_type'],
  'cs-username': USER,
  'cs-version': ['http.version', 'protocol', 'ClientRequestProtocol'],
  'cs-bytes': ['http.request.bytes', 'requestsize', 'reqsize', 'request_length', 'out', 'bytes_in', 'ClientRequestBytes'],
  'sc-bytes': ['http.response.bytes', 'responsesize', 'respsize', 'body_bytes_sent', 'bytes', 'size', 'in', 'bytes_out'],
  'r-dns': ['cs-host'],
  'r-ip': DESTINATION,
  action: ['event.action', 'act', 'filtering_result', 'ZscalerAction'],
};

export const proxy: SourceMapping = of('proxy', 'web', LINES, HTTP);

export const webserver: SourceMapping = { ...of('webserver', 'web', ['message', '_raw'], HTTP), selectors: ['service.type', 'event.module', 'service', 'server_software'], logsources: [
  { when: {}, logsource: { category: 'webserver' } },
  ...['apache', 'nginx'].flatMap((service) => ['service.type', 'event.module', 'service', 'server_software'].map((field) => ({ when: { [field]: [service] }, logsource: { service } }))),
] };

export const dns: SourceMapping = of('dns', undefined, LINES, {
  ...FLOW,
  query: ['dns.question.name', 'dns_req', 'query_name', 'QueryName', 'rrname', 'qname', 'question', 'domain', 'dhost', 'destinationDnsDomain', 'query.name', 'dns.rrname', 'name'],
  record_type: ['dns.question.type', 'dns_reqtype', 'query_type', 'qtype_name', 'qtype', 'QueryType', 'rrtype', 'query.type', 'dns.rrtype', 'type'],
  answer: ['dns.answers.data', 'dns_resp', 'dns.resolved_ip', 'answers', 'rdata', 'QueryResults', 'response', 'resolved_ips', 'dns.rdata'],
  response_code: ['dns.response_code', 'error', 'rcode', 'rcode_name', 'responseCode'],
}, [{ when: {}, logsource: { category: 'network', service: 'dns' } }]);

export const firewall: SourceMapping = { ...of('firewall', undefined, LINES, {
  ...FLOW,
  action: ['event.action', 'act', 'deviceAction', 'AccessControlRuleAction', 'Action', 'disposition', 'rule_action', 'fw_action', 'event.outcome'],
  blocked: ['action', 'event.action', 'act', 'deviceAction'],
  protocol: ['network.transport', 'proto', 'transport', 'Protocol'],
  sent_bytes: ['source.bytes', 'sentbyte', 'bytes_sent', 'out'],
  received_bytes: ['destination.bytes', 'rcvdbyte', 'bytes_received', 'in'],
}), selectors: ['devname', 'devid', 'type', 'subtype'], logsources: [
  { when: {}, logsource: { category: 'firewall' } },
  { when: { type: ['event'] }, logsource: { product: 'fortigate', service: 'event' } },
] };
