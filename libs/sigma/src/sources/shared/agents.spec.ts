import type { JsonObject } from '../../index.js';
import { labels, read } from '../../../test/source-fields.js';

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
