import type { JsonObject } from '../../../index.js';
import { labels, read } from '../../../../test/source-fields.js';

describe("agents' records", () => {
  it.each<[string, 'linux' | 'macos', JsonObject]>([
    [
      "of Falcon's feed",
      'linux',
      {
        aid: 'a1',
        cid: 'c1',
        event_platform: 'Lin',
        ComputerName: 'web1',
        event_simpleName: 'ProcessRollup2',
        ImageFileName: '/usr/bin/nc',
        CommandLine: 'nc -l',
        ParentBaseFileName: 'sh',
      },
    ],
    [
      "of Falcon's feed, wrapped",
      'macos',
      {
        aid: 'a1',
        event: {
          event_platform: 'Mac',
          ComputerName: 'web1',
          event_simpleName: 'ProcessRollup2',
          ImageFileName: '/usr/bin/nc',
          CommandLine: 'nc -l',
          ParentBaseFileName: 'sh',
        },
      },
    ],
    [
      'of osquery',
      'macos',
      {
        name: 'pack_x_es_process_events',
        hostIdentifier: 'web1',
        action: 'added',
        columns: { path: '/usr/bin/nc', cmdline: 'nc -l', parent_path: 'sh', pid: '7' },
      },
    ],
  ])('are read: %s', (_, kind, event) => {
    expect(labels(kind, event)).toContain(`${kind}/process_creation`);
    expect(read(kind, event, 'Image', 'CommandLine', 'ParentImage', 'Computer')).toEqual({
      Image: '/usr/bin/nc',
      CommandLine: 'nc -l',
      ParentImage: 'sh',
      Computer: 'web1',
    });
  });
  it('tell connections and files', () => {
    const connection = {
      event_simpleName: 'NetworkConnectIP4',
      RemoteAddressIP4: '203.0.113.9',
      RemotePort: '443',
      ConnectionDirection: '0',
      aid: 'a1',
    };
    expect(labels('linux', connection)).toContain('linux/network_connection');
    expect(read('linux', connection, 'DestinationIp', 'DestinationPort', 'Initiated', 'Computer')).toEqual({
      DestinationIp: '203.0.113.9',
      DestinationPort: '443',
      Initiated: 'true',
      Computer: 'a1',
    });
    expect(
      read(
        'linux',
        { name: 'file_events', columns: { target_path: '/etc/cron.d/x', action: 'CREATED' }, hostIdentifier: 'web1' },
        'TargetFilename',
      ),
    ).toEqual({ TargetFilename: '/etc/cron.d/x' });
  });
});

/** One event of each form, and what rules find in it. */
const ON_WINDOWS: [name: string, category: string, event: JsonObject, fields: Record<string, string>][] = [
  [
    "a row of Defender's DeviceProcessEvents, through Event Hub",
    'process_creation',
    {
      time: '2026-11-28T18:59:06Z',
      tenantId: 't',
      operationName: 'Publish',
      category: 'AdvancedHunting-DeviceProcessEvents',
      properties: {
        Timestamp: '2026-11-28T18:59:05.9Z',
        DeviceName: 'ws1.corp.example',
        ActionType: 'ProcessCreated',
        FileName: 'cmd.exe',
        FolderPath: 'C:\\Windows\\System32\\cmd.exe',
        ProcessCommandLine: 'cmd /c whoami',
        AccountDomain: 'corp',
        AccountName: 'eve',
        InitiatingProcessFileName: 'explorer.exe',
        InitiatingProcessFolderPath: 'c:\\windows',
        InitiatingProcessCommandLine: 'explorer',
        SHA256: 'AB'.repeat(32),
      },
    },
    {
      Image: 'C:\\Windows\\System32\\cmd.exe',
      CommandLine: 'cmd /c whoami',
      ParentImage: 'c:\\windows\\explorer.exe',
      ParentCommandLine: 'explorer',
      User: 'corp\\eve',
      Hashes: `SHA256=${'AB'.repeat(32)}`,
      Computer: 'ws1.corp.example',
    },
  ],
  [
    'a row of DeviceNetworkEvents',
    'network_connection',
    {
      Timestamp: '2026-11-28T18:59:06Z',
      DeviceName: 'ws1',
      ActionType: 'ConnectionSuccess',
      RemoteIP: '203.0.113.9',
      RemotePort: 443,
      RemoteUrl: 'evil.example',
      LocalIP: '10.0.0.5',
      LocalPort: 5123,
      Protocol: 'Tcp',
      InitiatingProcessFolderPath: 'c:\\temp\\a.exe',
      InitiatingProcessFileName: 'a.exe',
    },
    {
      Image: 'c:\\temp\\a.exe',
      Initiated: 'true',
      SourceIp: '10.0.0.5',
      DestinationIp: '203.0.113.9',
      DestinationPort: '443',
      DestinationHostname: 'evil.example',
    },
  ],
  [
    'a connection that was accepted',
    'network_connection',
    { DeviceId: 'd1', ActionType: 'InboundConnectionAccepted', RemoteIP: '203.0.113.9', LocalIP: '10.0.0.5' },
    { Initiated: 'false', SourceIp: '203.0.113.9', DestinationIp: '10.0.0.5', Computer: 'd1' },
  ],
  [
    'a row of DeviceRegistryEvents',
    'registry_set',
    {
      DeviceName: 'ws1',
      ActionType: 'RegistryValueSet',
      RegistryKey: 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Run',
      RegistryValueName: 'a',
      RegistryValueData: 'b.exe',
    },
    { TargetObject: 'HKLM\\SOFTWARE\\Run\\a', Details: 'b.exe' },
  ],
  [
    'a row of DeviceImageLoadEvents',
    'image_load',
    { DeviceName: 'ws1', ActionType: 'ImageLoaded', FolderPath: 'C:\\Temp', FileName: 'x.dll' },
    { ImageLoaded: 'C:\\Temp\\x.dll' },
  ],
  [
    'a row of DeviceEvents with more in a text',
    'dns_query',
    {
      DeviceName: 'ws1',
      ActionType: 'DnsQueryResponse',
      AdditionalFields: '{"DnsQueryString":"evil.example"}',
      InitiatingProcessFileName: 'a.exe',
    },
    { QueryName: 'evil.example', Image: 'a.exe' },
  ],
  [
    "a request for a name in Falcon's feed",
    'dns_query',
    { aid: 'a1', event_platform: 'Win', event_simpleName: 'DnsRequest', DomainName: 'evil.example' },
    { QueryName: 'evil.example', Computer: 'a1' },
  ],
  [
    'a file that Falcon saw written',
    'file_event',
    { event_simpleName: 'PeFileWritten', ComputerName: 'ws1', TargetFileName: '\\Device\\HarddiskVolume2\\a.exe' },
    { TargetFilename: '\\Device\\HarddiskVolume2\\a.exe' },
  ],
  [
    'a value of the registry that Falcon saw set',
    'registry_set',
    {
      event_simpleName: 'AsepValueUpdate',
      aid: 'a1',
      RegObjectName: '\\REGISTRY\\MACHINE\\SOFTWARE\\Run',
      RegValueName: 'a',
      RegStringValue: 'b.exe',
    },
    { TargetObject: 'HKLM\\SOFTWARE\\Run\\a', Details: 'b.exe' },
  ],
  [
    'a creation of SentinelOne, whose source is the parent',
    'process_creation',
    {
      'dataSource.name': 'SentinelOne',
      'event.category': 'process',
      'event.type': 'Process Creation',
      'endpoint.name': 'ws1',
      'src.process.image.path': 'C:\\explorer.exe',
      'tgt.process.image.path': 'C:\\cmd.exe',
      'tgt.process.cmdline': 'cmd /c whoami',
      'tgt.process.user': 'CORP\\carl',
    },
    {
      Image: 'C:\\cmd.exe',
      CommandLine: 'cmd /c whoami',
      ParentImage: 'C:\\explorer.exe',
      User: 'CORP\\carl',
      Computer: 'ws1',
    },
  ],
  [
    'a connection of SentinelOne',
    'network_connection',
    {
      'event.type': 'IP Connect',
      'endpoint.name': 'ws1',
      'event.network.direction': 'OUTGOING',
      'src.ip.address': '10.0.0.5',
      'dst.ip.address': '203.0.113.9',
      'dst.port.number': 443,
      'src.process.image.path': 'C:\\a.exe',
    },
    { Image: 'C:\\a.exe', DestinationIp: '203.0.113.9', DestinationPort: '443', Initiated: 'true' },
  ],
  [
    "an event of Carbon Black's forwarder",
    'process_creation',
    {
      type: 'endpoint.event.procstart',
      device_name: 'CORP\\WS1',
      device_os: 'WINDOWS',
      process_path: 'c:\\cmd.exe',
      process_cmdline: 'cmd',
      parent_path: 'c:\\explorer.exe',
      process_username: 'CORP\\dora',
      process_hash: ['ab'.repeat(16), 'cd'.repeat(32)],
    },
    {
      Image: 'c:\\cmd.exe',
      ParentImage: 'c:\\explorer.exe',
      User: 'CORP\\dora',
      Hashes: `MD5=${'ab'.repeat(16)},SHA256=${'cd'.repeat(32)}`,
      Computer: 'WS1',
    },
  ],
  [
    "Elastic's agent, in ECS",
    'process_creation',
    {
      agent: { type: 'endpoint' },
      event: { category: ['process'], type: ['start'], action: 'start' },
      process: {
        executable: 'C:\\cmd.exe',
        command_line: 'cmd',
        parent: { executable: 'C:\\explorer.exe' },
        hash: { sha256: 'ef'.repeat(32) },
      },
      user: { name: 'dora', domain: 'CORP' },
      host: { name: 'ws1' },
    },
    {
      Image: 'C:\\cmd.exe',
      ParentImage: 'C:\\explorer.exe',
      User: 'CORP\\dora',
      Hashes: `SHA256=${'ef'.repeat(32)}`,
      Computer: 'ws1',
    },
  ],
  [
    "Elastic's agent, of a library",
    'image_load',
    { event: { category: ['library'], type: ['start'] }, dll: { path: 'C:\\x.dll' }, host: { name: 'ws1' } },
    { ImageLoaded: 'C:\\x.dll' },
  ],
  [
    'osquery',
    'process_creation',
    {
      name: 'pack_win_process_etw_events',
      hostIdentifier: 'ws1',
      unixTime: 1_795_892_357,
      columns: { type: 'ProcessStart', path: 'C:\\cmd.exe', cmdline: 'cmd', username: 'CORP\\ada' },
    },
    { Image: 'C:\\cmd.exe', CommandLine: 'cmd', User: 'CORP\\ada', Computer: 'ws1' },
  ],
];

describe("agents' records of Windows", () => {
  it.each(ON_WINDOWS)('are read as rules name their fields: %s', (_, category, event, fields) => {
    expect(labels('windows', event)).toContain(`windows/${category}`);
    expect(read('windows', event, ...Object.keys(fields))).toEqual(fields);
  });
  it('of the registry are registry events, too', () =>
    expect(labels('windows', { DeviceName: 'ws1', ActionType: 'RegistryKeyCreated' })).toEqual([
      'windows/registry_add',
      'windows/registry_event',
      'windows/*',
    ]));
  it("that are events of the log belong to its channels: osquery's windows_events", () => {
    const event = {
      name: 'windows_events',
      hostIdentifier: 'ws1',
      columns: {
        eventid: '4625',
        source: 'Security',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        data: '{"EventData":{"TargetUserName":"ada"}}',
      },
    };
    expect(labels('windows', event)).toEqual(['windows/security', 'windows/*']);
    expect(read('windows', event, 'TargetUserName', 'EventID')).toEqual({ TargetUserName: 'ada', EventID: '4625' });
  });
  it('that are none stay with their channel', () =>
    expect(labels('windows', { Channel: 'Security', EventID: 4625, ActionType: 'x', computer: 'y' })).toEqual([
      'windows/security',
      'windows/*',
    ]));
});
