import type { MappedSource, SourceMapping } from '../source.js';
import { plain } from '../shared/plain.js';

/**
 * Microsoft 365's unified audit log: records of the management API, of exports (`AuditData` as text) and of Sentinel's
 * OfficeActivity.
 */
const mapping: SourceMapping = {
  ...plain,
  anyCase: true,
  derives: 'm365',
  containers: ['AuditData', 'auditData'],
  selectors: ['Workload'],
  logsources: [
    { when: { Workload: ['Exchange'] }, logsource: { product: 'm365', service: 'exchange' } },
    {
      when: { Workload: ['SecurityComplianceCenter', 'ThreatIntelligence', 'SecurityMonitoringEntityReducer'] },
      logsource: { product: 'm365', service: 'threat_management' },
    },
    {
      when: { Workload: ['SecurityComplianceCenter', 'ThreatIntelligence', 'SecurityMonitoringEntityReducer'] },
      logsource: { product: 'm365', service: 'threat_detection' },
    },
    { when: {}, logsource: { product: 'm365', service: 'audit' } },
  ],
  // An alert has a status of its own (Active); rules ask whether the operation went well.
  stated: [
    { when: { ResultStatus: ['Succeeded', 'Success', 'True', 'PartiallySucceeded'] }, fields: { status: 'success' } },
  ],
  preferred: { status: ['ResultStatus'] },
  pairs: [
    { list: 'Parameters', name: 'Name', values: ['Value'] },
    { list: 'OperationProperties', name: 'Name', values: ['Value'] },
    { list: 'ExtendedProperties', name: 'Name', values: ['Value'] },
    { list: 'ModifiedProperties', name: 'Name', values: ['NewValue'] },
  ],
  aliases: [
    {
      when: { Operation: ['AlertTriggered', 'AlertEntityGenerated', 'AlertUpdated'] },
      fields: { eventName: ['Name'] },
    },
    {
      when: {},
      fields: {
        eventName: ['Operation'],
        Workload: ['OfficeWorkload'],
        eventSource: ['Workload', 'OfficeWorkload'],
        Payload: ['Data', 'Parameters', 'ExtendedProperties'],
        ClientIP: ['ClientIPAddress', 'ActorIpAddress', 'Client_IPAddress'],
        UserId: ['UserIds', 'UserKey'],
        ObjectId: ['OfficeObjectId'],
      },
    },
  ],
  entity: ['UserId'],
};

export const m365: MappedSource = { rules: [{ product: 'm365' }], mapping };
