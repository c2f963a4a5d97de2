import { FLOW, LINES, mappingOf } from '../shared/any-vendor.js';
import type { MappedSource, SourceMapping } from '../source.js';

const mapping: SourceMapping = mappingOf(
  'dns',
  undefined,
  LINES,
  {
    ...FLOW,
    query: [
      'dns.question.name',
      'dns_req',
      'query_name',
      'QueryName',
      'rrname',
      'qname',
      'question',
      'domain',
      'dhost',
      'destinationDnsDomain',
      'query.name',
      'dns.rrname',
      'name',
    ],
    record_type: [
      'dns.question.type',
      'dns_reqtype',
      'query_type',
      'qtype_name',
      'qtype',
      'QueryType',
      'rrtype',
      'query.type',
      'dns.rrtype',
      'type',
    ],
    answer: [
      'dns.answers.data',
      'dns_resp',
      'dns.resolved_ip',
      'answers',
      'rdata',
      'QueryResults',
      'response',
      'resolved_ips',
      'dns.rdata',
    ],
    response_code: ['dns.response_code', 'error', 'rcode', 'rcode_name', 'responseCode'],
  },
  [{ when: {}, logsource: { category: 'network', service: 'dns' } }],
);

export const dns: MappedSource = { rules: [{ category: 'dns' }], mapping };
