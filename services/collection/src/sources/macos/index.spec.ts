import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject } from '../source.js';
import { macos } from './index.js';

const events = macos
  .split(readFileSync(join(__dirname, 'fixtures', 'events.jsonl')))
  .map((piece) => macos.normalise(JSON.parse(String(piece)) as NativeObject, piece));
const [AT, JAMF] = [Date.UTC(2026, 10, 2, 9, 20, 0, 250), 1_793_611_200_250];

describe('macOS', () => {
  it('reads a process creation of Endpoint Security', () => {
    expect(events[0]).toMatchObject({
      occurredAt: AT,
      entity: 'host:mac1.example.test',
      ocsf: {
        classUid: 1007,
        activityId: 1,
        actor: {
          processName: 'osascript',
          parentProcessName: 'zsh',
          commandLine: 'osascript -e display dialog "Password" with hidden answer',
        },
      },
    });
  });
  it("reads an alert of Jamf Protect, with the file, the program and the vendor's words", () => {
    expect(events[1]).toMatchObject({
      occurredAt: JAMF,
      entity: 'host:mac1.example.test',
      ocsf: {
        classUid: 1001,
        severityId: 3,
        message: 'LaunchDaemon created for persistence: /Library/LaunchDaemons/com.example.update.plist',
        file: { path: '/Library/LaunchDaemons/com.example.update.plist' },
        actor: { userName: 'ada', processName: 'updater' },
      },
    });
  });
  it('reads the audit trail', () => {
    expect(events[2]).toMatchObject({
      occurredAt: JAMF,
      entity: 'host:mac1.example.test',
      ocsf: { classUid: 1007, actor: { userName: 'ada', processName: 'dscl', parentProcessName: 'bash' } },
    });
    expect(events[2]?.observables).toContainEqual({ kind: 'user-name', value: 'ada' });
  });

  it("reads agents' feeds, whose times are counted", () => {
    const falcon = {
      aid: 'a1',
      ComputerName: 'host1',
      timestamp: '1793611200250',
      event_simpleName: 'ProcessRollup2',
      ImageFileName: '/usr/bin/nc',
      CommandLine: 'nc -l',
      UserName: 'ada',
    };
    expect(macos.normalise(falcon, Buffer.from('{}'))).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'host:host1',
      ocsf: { classUid: 1007, actor: { userName: 'ada', processName: 'nc' } },
    });
    const osquery = {
      name: 'process_events',
      hostIdentifier: 'host1',
      unixTime: 1_793_611_200,
      columns: { path: '/usr/bin/nc', cmdline: 'nc -l' },
    };
    expect(macos.normalise(osquery, Buffer.from('{}'))).toMatchObject({
      occurredAt: 1_793_611_200_000,
      entity: 'host:host1',
      ocsf: { classUid: 1007 },
    });
  });
});
