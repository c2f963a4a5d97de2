import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { windows } from './index.js';

const fixture = (name: string): NormalisedEvent[] =>
  windows
    .split(readFileSync(join(__dirname, 'fixtures', name)))
    .map((piece) => windows.normalise(JSON.parse(String(piece)) as NativeObject, piece));

describe('Windows', () => {
  it.each([
    ['flat', 0],
    ['winlogbeat', 1],
    ['evtx with a list of data', 2],
    ['evtx with plain data', 3],
    ['Azure with JSON text', 4],
    ['Azure with XML text', 5],
  ])('reads a process creation that comes %s', (_name, index) => {
    const event = fixture('sysmon-process.jsonl')[index];
    expect(event).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 250),
      entity: 'host:ws1.example.test',
      ocsf: {
        categoryUid: 1,
        classUid: 1007,
        activityId: 1,
        device: { hostname: 'WS1.example.test' },
        actor: {
          userName: 'ada',
          userDomain: 'EXAMPLE',
          processName: 'cmd.exe',
          commandLine: 'cmd.exe /c whoami',
          pid: 4321,
          parentProcessName: 'explorer.exe',
        },
      },
    });
    expect(event?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'hostname', value: 'WS1.example.test' },
        { kind: 'user-name', value: 'ada' },
        { kind: 'file-hash', value: 'AB'.repeat(32) },
      ]),
    );
    expect(event?.observables.map(({ value }) => value)).not.toContain('0'.repeat(32));
  });

  it('reads a logon, in the zone its collector was in', () => {
    const [logon] = fixture('others.jsonl');
    expect(logon).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 10, 29, 46),
      ocsf: {
        classUid: 3002,
        activityId: 1,
        actor: { userName: 'ada', userDomain: 'EXAMPLE' },
        src: { ip: '10.1.1.5', port: 50123 },
      },
    });
    expect(logon?.ocsf.message).toBe('Security 4624: An account was successfully logged on.');
    expect(logon?.observables.map(({ value }) => value)).not.toContain('DC1$');
  });

  it('tells who acted from whom it happened to', () => {
    const [, created] = fixture('others.jsonl');
    expect(created).toMatchObject({ ocsf: { classUid: 3001, activityId: 1, actor: { userName: 'ada' } } });
    expect(created?.observables).toContainEqual({ kind: 'user-name', value: 'mallory' });
  });

  it('reads a connection, and does not take SYSTEM for somebody', () => {
    const connection = fixture('others.jsonl')[2];
    expect(connection).toMatchObject({
      ocsf: { classUid: 4001, dst: { ip: '203.0.113.9', port: 443 }, actor: { userName: 'SYSTEM' } },
    });
    expect(connection?.observables.map(({ kind }) => kind)).not.toContain('user-name');
  });

  it.each(['constructor', 'toString', '__proto__'])('takes the level %s for none', (level) => {
    expect(windows.normalise({ Level: level, Channel: level, EventID: level }, Buffer.from('{}')).ocsf).toMatchObject({
      classUid: 0,
      severityId: 1,
    });
  });

  it('keeps what it does not know as a base event', () => {
    const [, , , defender, entra] = fixture('others.jsonl');
    expect(defender).toMatchObject({
      entity: 'host:ws1.example.test',
      occurredAt: Date.UTC(2026, 10, 2, 10, 32, 0, 772),
      ocsf: { classUid: 0, actor: { userName: 'ada' } },
    });
    expect(entra).toMatchObject({ entity: 'user:ada@example.test', ocsf: { classUid: 0 } });
    expect(windows.normalise({}, Buffer.from('{}'))).toMatchObject({ entity: 'user:unknown', occurredAt: undefined });
  });

  it.each<[string, number, NativeObject, number, number]>([
    ['Security', 4663, { ObjectType: 'File' }, 1001, 99],
    ['Security', 4656, { ObjectType: 'Key' }, 201001, 99],
    ['Security', 4656, { ObjectType: 'Process' }, 1007, 3],
    ['security', 4663, { ObjectType: 'constructor' }, 201003, 1],
    ['Security', 4672, {}, 3003, 1],
    ['Security', 4742, {}, 3001, 99],
    ['Microsoft-Windows-Sysmon/Operational', 12, { EventType: 'CreateKey' }, 201001, 1],
    ['Microsoft-Windows-Sysmon/Operational', 12, { EventType: 'DeleteValue' }, 201002, 4],
    ['Microsoft-Windows-Sysmon/Operational', 12, {}, 201001, 99],
    ['Windows PowerShell', 800, {}, 1009, 1],
    ['PowerShellCore/Operational', 4104, {}, 1009, 1],
    ['Microsoft-Windows-TaskScheduler/Operational', 106, {}, 1006, 1],
    ['Microsoft-Windows-WMI-Activity/Operational', 5861, {}, 201003, 1],
    ['Microsoft-Windows-Windows Defender/Operational', 1116, {}, 2004, 1],
    ['Microsoft-Windows-TerminalServices-LocalSessionManager/Operational', 21, {}, 3002, 1],
    ['Microsoft-Windows-Bits-Client/Operational', 59, {}, 1006, 6],
    ['System', 7045, {}, 201004, 1],
    ['System', 4624, {}, 0, 0],
    ['constructor', 1, {}, 0, 0],
  ])('gives %s %i with %j its class', (Channel, EventID, data, classUid, activityId) =>
    expect(windows.normalise({ Channel, EventID, ...data }, Buffer.from('{}')).ocsf).toMatchObject({
      classUid,
      activityId,
    }),
  );

  it('takes the host that the event log names, not what data calls so', () => {
    const event = {
      winlog: {
        channel: 'Security',
        event_id: 4625,
        computer_name: 'dc1.example.test',
        event_data: { Computer: 'forged', Hostname: 'forged', Channel: 'System', Message: 'forged' },
      },
    };
    expect(windows.normalise(event, Buffer.from('{}'))).toMatchObject({
      entity: 'host:dc1.example.test',
      ocsf: { classUid: 3002, device: { hostname: 'dc1.example.test' } },
    });
  });
});
