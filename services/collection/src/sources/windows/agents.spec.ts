import { windows } from './index.js';

const read = (event: object) => windows.normalise(event as never, Buffer.from('{}'));
const AT = Date.UTC(2026, 10, 28, 18, 59, 5);

/** What agents of other vendors tell of a Windows host. */
describe("Other agents' records of Windows", () => {
  it.each<[string, object, number, number, string[]]>([
    [
      'a process that Defender saw',
      {
        time: '2026-11-28T18:59:09Z',
        category: 'AdvancedHunting-DeviceProcessEvents',
        properties: {
          Timestamp: '2026-11-28T18:59:05Z',
          DeviceName: 'WS1',
          ActionType: 'ProcessCreated',
          FileName: 'cmd.exe',
          FolderPath: 'C:\\cmd.exe',
          AccountName: 'eve',
          AccountDomain: 'corp',
          SHA1: 'ab'.repeat(20),
        },
      },
      1007,
      1,
      ['user-name:eve', 'process-name:cmd.exe', `file-hash:${'ab'.repeat(20)}`],
    ],
    [
      'a logon that failed, for Defender',
      {
        Timestamp: '2026-11-28T18:59:05Z',
        DeviceName: 'WS1',
        ActionType: 'LogonFailed',
        AccountName: 'gil',
        RemoteIP: '203.0.113.9',
        InitiatingProcessAccountName: 'system',
      },
      3002,
      1,
      ['user-name:gil', 'ip-address:203.0.113.9'],
    ],
    [
      "evidence of an alert of Defender's",
      {
        TimeGenerated: '2026-11-28T18:59:05Z',
        AlertId: 'a1',
        EvidenceRole: 'Impacted',
        DeviceName: 'WS1',
        AccountName: 'gil',
        SHA256: 'cd'.repeat(32),
      },
      2004,
      1,
      ['user-name:gil', `file-hash:${'cd'.repeat(32)}`],
    ],
    [
      "a detection of Falcon's stream",
      {
        metadata: { eventType: 'EppDetectionSummaryEvent', eventCreationTime: AT },
        event: {
          Hostname: 'WS1',
          UserName: 'alice',
          LogonDomain: 'CORP',
          Name: 'Ransomware',
          FileName: 'evil.exe',
          FilePath: '\\Device\\HarddiskVolume1\\Users',
          LocalIP: '10.0.0.51',
          SHA256String: 'cd'.repeat(32),
          SeverityName: 'High',
        },
      },
      2004,
      1,
      ['user-name:alice', 'process-name:evil.exe', 'ip-address:10.0.0.51', `file-hash:${'cd'.repeat(32)}`],
    ],
    [
      "a logon of Falcon's feed",
      {
        event_simpleName: 'UserLogon',
        ComputerName: 'WS1',
        ContextTimeStamp: '1795892345.000',
        UserName: 'bob',
        LogonDomain: 'CORP',
        RemoteAddressIP4: '203.0.113.9',
      },
      3002,
      1,
      ['user-name:bob', 'ip-address:203.0.113.9'],
    ],
    [
      'a threat of SentinelOne',
      {
        agentRealtimeInfo: { agentComputerName: 'WS1' },
        threatInfo: {
          threatName: 'a.exe',
          filePath: 'C:\\a.exe',
          sha1: 'ab'.repeat(20),
          identifiedAt: '2026-11-28T18:59:05Z',
        },
      },
      2004,
      1,
      ['file-path:C:\\a.exe', `file-hash:${'ab'.repeat(20)}`],
    ],
    [
      'a value of the registry, by Elastic',
      {
        '@timestamp': '2026-11-28T18:59:05Z',
        event: { category: ['registry'], type: ['change'] },
        registry: { path: 'HKLM\\a' },
        host: { name: 'WS1' },
        user: { name: 'dora', domain: 'CORP' },
      },
      201002,
      2,
      ['user-name:dora'],
    ],
    [
      "a connection of Carbon Black's forwarder",
      {
        type: 'endpoint.event.netconn',
        device_name: 'CORP\\WS1',
        device_timestamp: '2026-11-28 18:59:05.0000000 +0000 UTC',
        process_username: 'CORP\\dora',
        local_ip: '10.0.0.5',
        remote_ip: '203.0.113.9',
        netconn_domain: 'evil.example',
      },
      4001,
      1,
      ['user-name:dora', 'ip-address:10.0.0.5', 'ip-address:203.0.113.9'],
    ],
    [
      'a logon that Wazuh took from the log',
      {
        timestamp: '2026-11-28T18:59:08.123+0000',
        data: {
          win: {
            system: {
              eventID: '4625',
              channel: 'Security',
              computer: 'WS1',
              systemTime: '2026-11-28T18:59:05.0000000Z',
            },
            eventdata: { targetUserName: 'hal', ipAddress: '203.0.113.9', processName: 'C:\\\\a.exe' },
          },
        },
      },
      3002,
      1,
      ['user-name:hal', 'process-name:a.exe', 'ip-address:203.0.113.9'],
    ],
    [
      'a query of osquery',
      {
        name: 'pack_x_listening_ports',
        hostIdentifier: 'WS1',
        unixTime: AT / 1000,
        snapshot: [{ pid: '1' }, { pid: '2' }],
      },
      5001,
      2,
      [],
    ],
  ])('have time, host, class and observables: %s', (_, event, classUid, activityId, seen) => {
    const { occurredAt, entity, observables, ocsf } = read(event);
    expect({ occurredAt, entity, classUid: ocsf.classUid, activityId: ocsf.activityId }).toEqual({
      occurredAt: AT,
      entity: 'host:ws1',
      classUid,
      activityId,
    });
    expect(observables.map(({ kind, value }) => `${kind}:${value}`)).toEqual(
      expect.arrayContaining(['hostname:WS1', ...seen]),
    );
  });
  it('that are collected under another channel have the class of their provider', () =>
    expect(
      read({
        winlog: { channel: 'ForwardedEvents', event_id: 4625, provider_name: 'Microsoft-Windows-Security-Auditing' },
      }).ocsf,
    ).toMatchObject({ classUid: 3002 }));
});
