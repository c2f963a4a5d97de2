import type { SourceKind } from '#libs/sigma';

/**
 * Member names that between them tell a vendor's events from everybody else's; what none of them fits is a Windows
 * event.
 */
const SHAPES: readonly [SourceKind, readonly string[]][] = [
  ['aws-cloudtrail', ['eventSource', 'eventName', 'awsRegion']],
  ['okta', ['eventType', 'published', 'actor']],
  ['gcp-audit', ['protoPayload']],
  ['suricata', ['event_type', 'timestamp', 'flow_id']],
  ['suricata', ['event_type', 'timestamp', 'src_ip']],
  ['m365', ['Workload', 'Operation', 'CreationTime']],
  ['azure', ['operationName', 'category', 'resourceId']],
  ['azure', ['AADTenantId', 'OperationName']],
  ['zeek', ['_path', 'ts']],
  ['zeek', ['@stream', 'ts']],
  ['lookout', ['enterprise_guid', 'change_type']],
  ['macos', ['event_type', 'mach_time', 'process']],
  ['macos', ['match', 'related', 'host']],
  ['linux', ['auditd', 'process']],
  ['linux', ['SYSCALL', 'ID']],
  ['linux', ['SyslogMessage', 'Facility']],
  ['linux', ['SYSLOG_IDENTIFIER', 'MESSAGE']],
];

/** The kind of source a line is of, by the members it has; good enough for files of one vendor each. */
export const guessSource = (line: string): SourceKind =>
  SHAPES.find(([, names]) => names.every((name) => line.includes(`"${name}":`) || line.includes(`"${name}" :`)))?.[0] ??
  'windows';
