import { FLOW, LINES, mappingOf } from '../shared/any-vendor.js';
import type { MappedSource, SourceMapping } from '../source.js';

const mapping: SourceMapping = {
  ...mappingOf('firewall', undefined, LINES, {
    ...FLOW,
    action: [
      'event.action',
      'act',
      'deviceAction',
      'AccessControlRuleAction',
      'Action',
      'disposition',
      'rule_action',
      'fw_action',
      'event.outcome',
    ],
    blocked: ['action', 'event.action', 'act', 'deviceAction'],
    protocol: ['network.transport', 'proto', 'transport', 'Protocol'],
    sent_bytes: ['source.bytes', 'sentbyte', 'bytes_sent', 'out'],
    received_bytes: ['destination.bytes', 'rcvdbyte', 'bytes_received', 'in'],
  }),
  selectors: ['devname', 'devid', 'type', 'subtype'],
  logsources: [
    { when: {}, logsource: { category: 'firewall' } },
    { when: { type: ['event'] }, logsource: { product: 'fortigate', service: 'event' } },
  ],
};

export const firewall: MappedSource = { rules: [{ category: 'firewall' }, { product: 'fortigate' }], mapping };
