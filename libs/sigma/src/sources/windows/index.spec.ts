import type { JsonObject } from '../../index.js';
import { finds, labels, matches, read } from '../../../test/source-fields.js';

const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

describe('Windows', () => {
  it.each([
    [1, 'process_creation'],
    [3, 'network_connection'],
    [6, 'driver_load'],
    [7, 'image_load'],
    [8, 'create_remote_thread'],
    [9, 'raw_access_thread'],
    [10, 'process_access'],
    [11, 'file_event'],
    [13, 'registry_set'],
    [15, 'create_stream_hash'],
    [17, 'pipe_created'],
    [18, 'pipe_created'],
    [19, 'wmi_event'],
    [21, 'wmi_event'],
    [22, 'dns_query'],
    [23, 'file_delete'],
    [24, 'clipboard_capture'],
    [25, 'process_tampering'],
    [26, 'file_delete_detected'],
    [16, 'sysmon_status'],
    [255, 'sysmon_error'],
  ])('Sysmon %i is %s, and Sysmon, and Windows', (EventID, category) => {
    const found = labels('windows', { Channel: SYSMON, EventID });
    expect(found).toEqual(expect.arrayContaining([`windows/${category}`, 'windows/sysmon', 'windows/*']));
  });
  it('a file deleted of which no copy was kept is no file_delete: the taxonomy has a category of its own for it', () => {
    expect(labels('windows', { Channel: SYSMON, EventID: 26 })).not.toContain('windows/file_delete');
  });
  it('registry additions, deletions and settings are registry events too', () => {
    expect(labels('windows', { Channel: SYSMON, EventID: 12, EventType: 'CreateKey' })).toEqual([
      'windows/registry_event',
      'windows/registry_add',
      'windows/sysmon',
      'windows/*',
    ]);
    expect(labels('windows', { Channel: SYSMON, EventID: 12, EventType: 'DeleteValue' })).toEqual([
      'windows/registry_event',
      'windows/registry_delete',
      'windows/sysmon',
      'windows/*',
    ]);
    expect(labels('windows', { Channel: SYSMON, EventID: 13, EventType: 'SetValue' })).toContain(
      'windows/registry_event',
    );
  });
  it('a registry event that does not tell is taken for either', () => {
    expect(labels('windows', { Channel: SYSMON, EventID: 12 })).toEqual(
      expect.arrayContaining(['windows/registry_add', 'windows/registry_delete']),
    );
  });
  it('channels are services, whatever their case', () => {
    expect(labels('windows', { Channel: 'security', EventID: 4625 })).toEqual(['windows/security', 'windows/*']);
    expect(labels('windows', { Channel: 'Windows PowerShell', EventID: 400 })).toEqual([
      'windows/ps_classic_start',
      'windows/powershell-classic',
      'windows/*',
    ]);
    expect(labels('windows', { Channel: 'Microsoft-Windows-PowerShell/Operational', EventID: 4104 })).toContain(
      'windows/ps_script',
    );
    expect(labels('windows', { Channel: 'Microsoft-Windows-PowerShell/Operational', EventID: '4103' })).toContain(
      'windows/ps_module',
    );
    expect(labels('windows', { Channel: 'Nobody knows', EventID: 1 })).toEqual(['windows/*']);
  });
  it('4688 is a process creation with the names rules use', () => {
    const event = {
      Channel: 'Security',
      EventID: 4688,
      NewProcessName: 'C:\\a.exe',
      ParentProcessName: 'C:\\b.exe',
      SubjectUserName: 'ada',
      CommandLine: 'a.exe -x',
    };
    expect(labels('windows', event)).toEqual(['windows/process_creation', 'windows/security', 'windows/*']);
    const creation = { product: 'windows', category: 'process_creation' };
    expect(finds(creation, 'Image|endswith', "'\\a.exe'", 'windows', event)).toBe(true);
    expect(finds(creation, 'ParentImage|endswith', "'\\b.exe'", 'windows', event)).toBe(true);
    expect(finds({ category: 'process_creation' }, 'CommandLine', "'a.exe -x'", 'windows', event)).toBe(true);
    expect(finds({ product: 'linux', category: 'process_creation' }, 'CommandLine', "'*'", 'windows', event)).toBe(
      false,
    );
  });
  it.each<[string, JsonObject]>([
    [
      'nested as XML converters write it',
      {
        Event: {
          System: {
            Channel: SYSMON,
            EventID: { '#text': 1, '#attributes': { Qualifiers: 0 } },
            Provider: { '#attributes': { Name: 'Sysmon' } },
          },
          EventData: { Image: 'C:\\x.exe' },
        },
      },
    ],
    [
      'with named Data elements',
      {
        Event: {
          System: { Channel: SYSMON, EventID: 1, Provider: { '#attributes': { Name: 'Sysmon' } } },
          EventData: { Data: [{ '#attributes': { Name: 'Image' }, '#text': 'C:\\x.exe' }] },
        },
      },
    ],
    [
      'as Winlogbeat ships it',
      { winlog: { channel: SYSMON, event_id: 1, provider_name: 'Sysmon', event_data: { Image: 'C:\\x.exe' } } },
    ],
    [
      'with EventData as JSON text',
      { Channel: SYSMON, EventID: 1, Provider: 'Sysmon', EventData: '{"Image":"C:\\\\x.exe"}' },
    ],
    [
      'with EventData as XML text',
      {
        Channel: SYSMON,
        EventID: 1,
        EventSourceName: 'Sysmon',
        EventData: '<EventData><Data Name="Image">C:\\x.exe</Data></EventData>',
      },
    ],
    ['flat', { Channel: SYSMON, EventID: '1', SourceName: 'Sysmon', Image: 'C:\\x.exe' }],
  ])('is read %s', (_, event) => {
    expect(finds({ product: 'windows', category: 'process_creation' }, 'Image', "'C:\\x.exe'", 'windows', event)).toBe(
      true,
    );
    expect(finds({ product: 'windows', service: 'sysmon' }, 'Provider_Name', 'sysmon', 'windows', event)).toBe(true);
  });
  it("Defender's names are found without their spaces", () => {
    const event = {
      Channel: 'Microsoft-Windows-Windows Defender/Operational',
      EventID: 1116,
      'Threat Name': 'HackTool:Win32/Mimikatz',
    };
    expect(
      finds({ product: 'windows', service: 'windefend' }, 'ThreatName|contains', 'mimikatz', 'windows', event),
    ).toBe(true);
    expect(finds({ category: 'antivirus' }, 'Signature|contains', 'mimikatz', 'windows', event)).toBe(true);
  });
  it("Windows' user data and unnamed data are found", () => {
    const cleared = {
      Event: {
        System: { Channel: 'Security', EventID: 1102 },
        UserData: { LogFileCleared: { SubjectUserName: 'ada' } },
      },
    };
    expect(finds({ product: 'windows', service: 'security' }, 'SubjectUserName', 'ada', 'windows', cleared)).toBe(true);
    const classic = {
      Event: {
        System: { Channel: 'Windows PowerShell', EventID: 400 },
        EventData: { Data: ['Available', 'HostName=ConsoleHost'] },
      },
    };
    expect(
      finds(
        { product: 'windows', category: 'ps_classic_start' },
        'Data|contains',
        'HostName=Console',
        'windows',
        classic,
      ),
    ).toBe(true);
  });
  it.each<[string, JsonObject]>([
    [
      'of xmltodict',
      {
        Provider: { '@Name': 'Sysmon' },
        EventID: '1',
        Data: [
          { '@Name': 'RuleName', '#text': '-' },
          { '@Name': 'Image', '#text': 'C:\\x.exe' },
        ],
      },
    ],
    [
      'of xml2js',
      { Provider: { $: { Name: 'Sysmon' } }, EventID: '1', Data: [{ $: { Name: 'Image' }, _: 'C:\\x.exe' }] },
    ],
    ['one alone', { EventID: 1, Data: { '@Name': 'Image', '#text': 'C:\\x.exe' } }],
    ['with Value', { EventID: 1, Data: [{ Name: 'Image', Value: 'C:\\x.exe' }] }],
    ['of xml2json', { EventID: 1, Data: [{ Name: 'Image', $t: 'C:\\x.exe' }] }],
  ])('data is found by name in elements %s', (_, { Data, ...system }) => {
    const event = {
      Event: { System: { ...system, Channel: SYSMON, Computer: 'h' }, EventData: { Data: Data ?? null } },
    };
    expect(finds({ product: 'windows', category: 'process_creation' }, 'Image', "'C:\\x.exe'", 'windows', event)).toBe(
      true,
    );
  });
  it.each(['MD5', 'md5', 'Md5', 'IMPHASH', 'imphash', 'Imphash', 'sha256', 'SHA1'])(
    '%s is found among Hashes',
    (field) => {
      const event = { Channel: SYSMON, EventID: 1, Hashes: 'SHA1=A1,MD5=A1,SHA256=A1,IMPHASH=A1' };
      expect(finds({ product: 'windows', category: 'process_creation' }, field, 'a1', 'windows', event)).toBe(true);
      expect(finds({ product: 'windows', category: 'process_creation' }, field, 'md5', 'windows', event)).toBe(false);
    },
  );
  it.each<JsonObject>([
    { MD5: 'A1' },
    { md5: 'A1', Imphash: 'F3' },
    { EventData: { md5: 'A1' } },
    { process: { hash: { md5: 'A1', sha256: 'C3' } } },
  ])('Hashes are made of %j', (hashes) => {
    const event = { Channel: SYSMON, EventID: 1, ...hashes };
    const found = finds(
      { product: 'windows', category: 'process_creation' },
      'Hashes|contains',
      'MD5=A1',
      'windows',
      event,
    );
    expect(found).toBe(true);
  });
  it('Hashes of the event itself count before others', () =>
    expect(read('windows', { Channel: SYSMON, EventID: 1, Hashes: 'MD5=A1', md5: 'B2' }, 'Hashes', 'md5')).toEqual({
      Hashes: 'MD5=A1',
      md5: 'B2',
    }));
  it('4688 has the names rules use as Winlogbeat ships it, too', () => {
    const event = {
      winlog: { channel: 'Security', event_id: '4688', event_data: { NewProcessName: 'C:\\a.exe' } },
    };
    expect(finds({ product: 'windows', category: 'process_creation' }, 'Image', "'C:\\a.exe'", 'windows', event)).toBe(
      true,
    );
  });
  it('a cleared log belongs to the log that says so, and names the one that was cleared', () => {
    const event = {
      Event: {
        System: {
          Channel: 'System',
          EventID: 104,
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Eventlog' } },
        },
        UserData: { LogFileCleared: { SubjectUserName: 'ada', Channel: 'Security' } },
      },
    };
    expect(labels('windows', event)).toEqual(['windows/system', 'windows/*']);
    expect(finds({ product: 'windows', service: 'system' }, 'Channel', 'Security', 'windows', event)).toBe(true);
  });
  it('Message is what Winlogbeat calls message, Data what it numbers', () => {
    const event = {
      message: 'this is evil',
      winlog: { channel: 'Application', event_id: '325', event_data: { param1: 'x', param2: 'y' } },
    };
    expect(finds({ product: 'windows', service: 'application' }, 'Message|contains', 'evil', 'windows', event)).toBe(
      true,
    );
    expect(finds({ product: 'windows', service: 'application' }, 'Data', 'y', 'windows', event)).toBe(true);
    expect(finds({ product: 'windows', service: 'application' }, 'param2', 'y', 'windows', event)).toBe(true);
  });

  it('reads the text that Windows writes for people, where there is nothing else', () => {
    const event = {
      LogName: 'Security',
      EventCode: '4688',
      ComputerName: 'dc01',
      Message: [
        'A new process has been created.',
        'Creator Subject:',
        '\tAccount Name:\tada',
        'Process Information:',
        '\tNew Process Name:\tC:\\Windows\\System32\\vssadmin.exe',
        '\tProcess Command Line:\tvssadmin delete shadows',
      ].join('\n'),
    };
    expect(
      matches(
        'windows',
        event,
        { product: 'windows', category: 'process_creation' },
        { 'Image|endswith': '\\vssadmin.exe', 'CommandLine|contains|all': ['delete', 'shadows'], User: 'ada' },
      ),
    ).toBe(true);
  });
});
