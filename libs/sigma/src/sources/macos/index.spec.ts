import type { JsonObject } from '../../index.js';
import { labels, read } from '../../../test/source-fields.js';

describe('macOS', () => {
  it.each<[string, JsonObject]>([
    [
      'Endpoint Security',
      {
        event: { exec: { args: ['osascript', '-e', 'x'], target: { executable: { path: '/usr/bin/osascript' } } } },
        process: { executable: { path: '/bin/zsh' } },
        host: { hostname: 'mac1' },
      },
    ],
    [
      'an alert of Jamf Protect',
      {
        host: { hostname: 'mac1' },
        match: { event: { pid: 7, type: 1, subType: 7 } },
        related: {
          processes: [
            { pid: 6, path: '/bin/zsh' },
            { pid: 7, ppid: 6, path: '/usr/bin/osascript', args: ['osascript', '-e', 'x'] },
          ],
        },
      },
    ],
    [
      'the audit trail',
      {
        header: { event_name: 'AUE_EXECVE' },
        exec_args: { args: { 0: 'osascript', 1: '-e', 2: 'x' } },
        path: ['/usr/bin/osascript'],
        subject: { process_name: '/bin/zsh' },
        host_info: { host_name: 'mac1' },
      },
    ],
    [
      'Santa',
      {
        machine_id: 'mac1',
        execution: {
          target: { executable: { path: '/usr/bin/osascript' } },
          instigator: { executable: { path: '/bin/zsh' } },
          args: ['b3Nhc2NyaXB0', 'LWU=', 'eA=='],
        },
      },
    ],
  ])('reads a process creation from %s', (_, event) => {
    expect(labels('macos', event)).toContain('macos/process_creation');
    expect(read('macos', event, 'Image', 'CommandLine', 'ParentImage', 'Computer')).toEqual({
      Image: '/usr/bin/osascript',
      CommandLine: 'osascript -e x',
      ParentImage: '/bin/zsh',
      Computer: 'mac1',
    });
  });
  it('reads files that are made', () => {
    const event = {
      event: {
        create: { destination: { new_path: { dir: { path: '/Library/LaunchDaemons' }, filename: 'x.plist' } } },
      },
      process: { executable: { path: '/bin/sh' } },
    };
    expect(labels('macos', event)).toContain('macos/file_event');
    expect(read('macos', event, 'TargetFilename', 'Image')).toEqual({
      TargetFilename: '/Library/LaunchDaemons/x.plist',
      Image: '/bin/sh',
    });
    expect(read('macos', { match: { event: { path: '/etc/x', pid: 1 } } }, 'TargetFilename')).toEqual({
      TargetFilename: '/etc/x',
    });
  });
  it.each<[JsonObject]>([
    [{}],
    [{ event: { exec: null } }],
    [{ match: { event: {} }, related: { processes: {} } }],
    [{ header: { event_name: 'AUE_EXECVE' }, exec_args: { args: [] } }],
    [{ execution: { args: [1] } }],
  ])('takes %j as it is', (event) => {
    expect(labels('macos', event)).toContain('macos/*');
  });
});
