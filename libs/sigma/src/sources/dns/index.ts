import { FLOW, mappingOf } from '../shared/any-vendor.js';
import { LINES } from '../shared/line-places.js';
import type { MappedSource, SourceMapping } from '../source.js';
import {
  ANSWER,
  CLIENT,
  CLIENT_PORT,
  CONTAINERS,
  QUERY,
  RECORD_TYPE,
  RESOLVER,
  RESOLVER_PORT,
  RESPONSE_CODE,
} from './names.js';

const mapping: SourceMapping = mappingOf(
  'dns',
  'dns',
  [...LINES, ...CONTAINERS.filter((one) => !LINES.includes(one))],
  {
    ...FLOW,
    src_ip: [...FLOW.src_ip, 'id.orig_h', ...CLIENT],
    src_port: [...FLOW.src_port, 'id.orig_p', ...CLIENT_PORT],
    dst_ip: [...FLOW.dst_ip, 'id.resp_h', ...RESOLVER],
    dst_port: [...FLOW.dst_port, 'id.resp_p', ...RESOLVER_PORT],
    query: QUERY,
    QueryName: ['query'],
    record_type: RECORD_TYPE,
    answer: ANSWER,
    QueryResults: ['answer'],
    response_code: RESPONSE_CODE,
    action: ['event.action', 'Action', 'ResolverDecision', 'resolverPolicyRuleAction'],
  },
  [{ when: {}, logsource: { category: 'network', service: 'dns' } }],
);

export const dns: MappedSource = { rules: [{ category: 'dns' }], mapping };
