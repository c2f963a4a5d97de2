import { FLOW, mappingOf } from '../shared/any-vendor.js';
import { LINES } from '../shared/line-places.js';
import type { MappedSource, SourceMapping } from '../source.js';

/** What firewalls alone call the sides and the user, behind what all call them. */
const ALSO = {
  src_ip: ['source-ip', 'SrcIp', 'SrcIPAddr', 'srcIP', 'ip_client', 'PublicIPv4', 'PanOSPublicIPv4', 'remip'],
  src_port: ['sport', 'SrcPort', 'srcPort'],
  dst_ip: ['destination-ip', 'DstIp', 'DstIPAddr', 'dstIP'],
  dst_port: ['dport'],
  username: [
    'user_name',
    'usr',
    'src_user_name',
    'src_user',
    'User',
    'UserName',
    'SourceUserName',
    'PanOSSourceUserName',
    'administrator',
    'duser',
  ],
};

const mapping: SourceMapping = {
  ...mappingOf('firewall', undefined, LINES, {
    src_ip: [...FLOW.src_ip, ...ALSO.src_ip],
    src_port: [...FLOW.src_port, ...ALSO.src_port],
    dst_ip: [...FLOW.dst_ip, ...ALSO.dst_ip],
    dst_port: [...FLOW.dst_port, ...ALSO.dst_port],
    username: [...FLOW.username, ...ALSO.username],
    action: [
      'event.action',
      'act',
      'deviceAction',
      'AccessControlRuleAction',
      'Action',
      'disposition',
      'rule_action',
      'fw_action',
      'request_status',
      'DeviceAction',
      'log_subtype',
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
