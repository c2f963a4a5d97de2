import type { JsonObject } from '../../json.js';
import { textAt } from '../shared/derived.js';
import { LINE_OF_SYSLOG } from '../shared/line-places.js';
import { programIn } from '../shared/syslog-parts.js';
import { readSyslogHeader, type SyslogHeader } from '../../lines/syslog-header.js';

export type SyslogLine = { program?: string; host?: string; text: string; pid?: string };

/** What a log line says behind its header, which program said it and where; programs without their folders. */
export const readSyslog = (event: JsonObject): SyslogLine => {
  const whole = textAt(event, ...LINE_OF_SYSLOG) ?? '';
  const header = readSyslogHeader(whole);
  const { program: said, pid } = programIn(event);
  const head = header ?? (said === undefined ? tagOf(whole) : undefined);
  const program = said ?? head?.app;
  return {
    program: program === undefined || program === '-' ? undefined : nameOf(program),
    host: header?.host,
    pid: head?.pid ?? pid,
    text: whole.slice(head?.end ?? 0),
  };
};

const nameOf = (program: string): string => program.slice(program.lastIndexOf('/') + 1).toLowerCase();

const TAG = /^([A-Za-z_][\w./@-]{0,63})(?:\[(\d{1,10})\])?: /;

/**
 * What a line begins with that a collector took its header from, as `sshd[5]: `; without a number only a program that
 * is known is one, for words before a colon begin many texts.
 */
const tagOf = (line: string): Pick<SyslogHeader, 'app' | 'pid' | 'end'> | undefined => {
  const [whole, app, pid] = TAG.exec(line) ?? [];
  if (whole === undefined || app === undefined || (pid === undefined && !SERVICES.has(nameOf(app)))) return undefined;
  return { app, ...(pid === undefined ? {} : { pid }), end: whole.length };
};

const SERVICES = new Map(
  [
    ['cron', ['cron', 'crond', 'anacron', 'atd']],
    ['sudo', ['sudo']],
    ['sshd', ['sshd', 'sshd-session', 'sshd-auth']],
    ['clamav', ['clamd', 'freshclam', 'clamav-daemon']],
    ['vsftpd', ['vsftpd']],
    ['guacamole', ['guacd', 'guacamole']],
    [
      'auth',
      [
        'su',
        'login',
        'polkitd',
        'pkexec',
        'useradd',
        'usermod',
        'userdel',
        'groupadd',
        'passwd',
        'chpasswd',
        'systemd-logind',
        'gdm-password',
        'gpasswd',
      ],
    ],
  ].flatMap(([service, programs]) =>
    (programs as string[]).map((program): [string, string] => [program, service as string]),
  ),
);

/** Sigma's service of a program's log; syslog for the others. */
export const serviceOf = (program: string | undefined): string => SERVICES.get(program ?? '') ?? 'syslog';

const MOST_PARTS = 64;

/** `ada : TTY=pts/0 ; PWD=/srv/ada ; USER=root ; COMMAND=/bin/sh` as fields; the user who asked is `SUDO_BY`. */
export const sudoFields = (text: string): JsonObject => {
  const fields: JsonObject = {};
  const by = /^\s*(\S+) : /.exec(text)?.[1];
  if (by !== undefined) fields.SUDO_BY = by;
  const at = text.search(/\bCOMMAND=/);
  for (const part of (at < 0 ? text : text.slice(0, at)).split(' ; ', MOST_PARTS)) {
    const [, name, value] = /\b(TTY|PWD|USER|GROUP|ENV)=([^]*)$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) fields[name] = value;
  }
  if (at >= 0) fields.COMMAND = text.slice(at + 'COMMAND='.length);
  return fields;
};
