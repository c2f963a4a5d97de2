import type { JsonObject, SourceKind } from '../types.js';

/** Events as their vendors write them, of every form the pipelines know: what the differential fuzz begins with. */
export const EVENTS: readonly { kind: SourceKind; event: JsonObject }[] = [
  { kind: 'windows', event: {
    Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Hostname: 'WS-042.corp.example', Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    CommandLine: '"powershell.exe" -NoP -enc SQBFAFgA /c "whoami /all"', ParentImage: 'C:\\Windows\\explorer.exe', ParentCommandLine: 'C:\\Windows\\Explorer.EXE', User: 'CORP\\ada',
    OriginalFileName: 'PowerShell.EXE', Hashes: 'SHA256=DE96A6E69944335375DC1AC238336066889D9FFC7D73628EF4FE1B1B160AB32C,IMPHASH=7C955A0ABC747F57CCC4324480737EF7',
    Product: 'Microsoft® Windows® Operating System', IntegrityLevel: 'High', ProcessId: '4242', CurrentDirectory: 'C:\\Users\\ada\\', tags: ['sensor'], Keywords: -9223372036854775808,
  } },
  { kind: 'windows', event: { Channel: 'Security', EventID: 4688, Computer: 'SRV1', NewProcessName: 'C:\\Windows\\System32\\vssadmin.exe', CommandLine: 'vssadmin Delete Shadows /all /quiet', SubjectUserName: 'grace', ParentProcessName: 'C:\\Windows\\System32\\cmd.exe', MandatoryLabel: 'S-1-16-12288' } },
  { kind: 'windows', event: { Event: {
    System: { Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } }, EventID: 13, Channel: 'Microsoft-Windows-Sysmon/Operational', Computer: 'WS-043' },
    EventData: { EventType: 'SetValue', TargetObject: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater', Details: 'C:\\Users\\Public\\up.exe', Image: 'C:\\Windows\\regedit.exe' },
  } } },
  { kind: 'windows', event: { winlog: { channel: 'Security', event_id: '4624', provider_name: 'Microsoft-Windows-Security-Auditing', event_data: { LogonType: '3', TargetUserName: 'admin', IpAddress: '10.0.0.7', WorkstationName: 'KALI' } }, host: { name: 'dc1' }, message: 'An account was successfully logged on.' } },
  { kind: 'windows', event: { Channel: 'System', EventID: 7045, SourceName: 'Service Control Manager', Hostname: 'SRV2', EventData: '{"ServiceName":"PSEXESVC","ImagePath":"%SystemRoot%\\\\PSEXESVC.exe","StartType":"demand start"}' } },
  { kind: 'windows', event: { Channel: 'Microsoft-Windows-Windows Defender/Operational', EventID: 1116, Hostname: 'WS-044', 'Threat Name': 'Trojan:Win32/Emotet', 'Action Name': 'Quarantine', Path: 'file:_C:\\Temp\\x.exe' } },
  { kind: 'windows', event: { Channel: 'Security', EventID: 4663, Computer: 'SRV3', ObjectName: '\\Device\\HarddiskVolume2\\Windows\\NTDS\\ntds.dit', AccessMask: '0x10', ProcessName: 'C:\\Tools\\naïve café.exe', SubjectUserName: 'ÉLODIE', Data: ['one', 'two', null, 3] } },
  { kind: 'windows', event: { Channel: 'Application', EventID: 18456, Provider: { Name: 'MSSQLSERVER', Guid: '{0}' }, Computer: 'SQL1', Level: 4, Data: 'sa [CLIENT: 10.0.0.9]' } },
  { kind: 'cloudtrail', event: { eventSource: 's3.amazonaws.com', eventName: 'PutBucketAcl', awsRegion: 'eu-west-3', sourceIPAddress: '203.0.113.9', userAgent: 'aws-cli/2.0', userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::1:user/ada', sessionContext: { attributes: { mfaAuthenticated: 'false' } } }, requestParameters: { bucketName: 'b', acl: 'public-read' }, resources: [{ type: 'AWS::S3::Bucket' }, { type: 'AWS::IAM::Role' }] } },
  { kind: 'okta', event: { eventType: 'user.mfa.factor.deactivate', displayMessage: 'Reset factor', actor: { alternateId: 'ada@example.com' }, outcome: { result: 'SUCCESS' }, securityContext: { isProxy: true }, target: [{ displayName: 'Bob' }] } },
  { kind: 'suricata', event: { event_type: 'http', src_ip: '10.1.2.3', dest_ip: '198.51.100.7', dest_port: 8080, http: { hostname: 'evil.example', url: '/a/b.php?cmd=id', http_user_agent: 'curl/8.0', http_method: 'POST', status: 200 } } },
  { kind: 'suricata', event: { event_type: 'alert', src_ip: '10.1.2.4', dest_port: 443, 'http.url': '/flat/key', proto: 'TCP', flow_id: 1234567890123456, bytes: 1.5e3, ratio: -0 } },
];
