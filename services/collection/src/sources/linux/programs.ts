import { readSyslogHeader } from '#libs/sigma';
import type { OcsfClass } from '../ocsf.js';
import { account, ANY_NAME, LOGOFF, LOGON, NAME, said, WORD, type Sentence } from './sentence.js';
import { SERVERS } from './servers.js';

/** What a program's line tells: what happened, and to whom, if it says so. */
export interface ProgramSaid {
  kind: OcsfClass;
  user?: string;
  ip?: string;
  port?: string;
}

const AT = String.raw`(?<ip>\S{1,64}) port (?<port>\d{1,5})`;
const FROM = `from ${AT}`;
/** Whoever asks is not among what PAM says before `rhost`, so that none of it can be forged. */
const PAM = String.raw`logname=\S{0,64} uid=\d+ euid=\d+ tty=\S{0,64} ruser=\S{0,64} rhost=(?<ip>\S{0,64})(?= {0,2}(?:$|user=))(?: {1,2}user=${NAME})?`;
const SENTENCES: readonly Sentence[] = [
  ...said(
    'sshd',
    LOGON,
    String.raw`(?:Accepted|Failed) \S{1,64} for (?:invalid user )?${ANY_NAME} ${FROM}`,
    `Invalid user ${ANY_NAME} ${FROM}`,
    String.raw`^User ${ANY_NAME} from (?<ip>\S{1,64}) not allowed because `,
  ),
  ...said(
    'sshd',
    LOGOFF,
    String.raw`(?:Disconnected from|Connection (?:closed|reset) by) (?:authenticating |invalid )?(?:user ${ANY_NAME} )?${AT}`,
    `^Received disconnect ${FROM}:`,
  ),
  ...said('sshd', LOGON, `maximum authentication attempts exceeded for (?:invalid user )?${ANY_NAME} ${FROM}`),
  ...said('sshd sudo auth', LOGON, `authentication failure; ${PAM}`),
  ...said('sshd sudo auth cron', LOGON, `session opened for user ${NAME}`),
  ...said('auth', LOGON, `(?:Successful|FAILED) su for ${WORD} by `, `New session '?\\S{1,16} of user '?${NAME}`),
  ...said('sshd sudo auth cron', LOGOFF, `session closed for user ${NAME}`),
  ...said(
    'auth',
    LOGON,
    String.raw`^(?:FAILED SU )?\(to ${WORD}\) \S{1,64} on `,
    String.raw`^FAILED LOGIN (?:SESSION )?\(\d{1,6}\) (?:on|from|FROM) \S{1,128} FOR '?${WORD}'?, `,
    String.raw`^LOGIN ON \S{1,64} BY ${NAME}`,
  ),
  ...said('auth', account(1), `new user: name=${WORD},`),
  ...said('auth', account(3), `password (?:changed for |for ['"]?)${NAME}`),
  ...said('auth', account(6), `delete user '${WORD}'`),
  ...said('auth', { classUid: 3006, activityId: 1 }, `new group: name=`),
  ...said('auth', { classUid: 3006, activityId: 3 }, `add '${WORD}' to (?:shadow )?group '`),
  ...said('sudo', { classUid: 1007, activityId: 1 }, `${WORD} : (?:[^;=]{1,64} ; )?(?:TTY|PWD|USER)=`, `COMMAND=`),
  ...said('cron', { classUid: 1007, activityId: 1 }, `${WORD}\\) CMD \\(`),
  ...said(
    'vsftpd',
    LOGON,
    String.raw`${WORD}\] (?:OK|FAIL) LOGIN: Client "(?:::ffff:)?(?<ip>[^"\s]{1,64})"(?:, anon password |$)`,
  ),
  ...SERVERS,
];

/** No program says more before it comes to the point. */
const LOOKED_AT = 1_024;

/** The tag alone, as collectors leave it that took the header. */
const TAG = /^[A-Za-z_][\w./@-]{0,63}\[\d{1,10}\]: /;

/** What a program says, behind the header of its line. */
const textOf = (message: string): string =>
  message.slice(readSyslogHeader(message)?.end ?? TAG.exec(message)?.[0].length ?? 0).trimStart();

/** What the line of a program says, by the program and by the services that rules call it. */
export const programSaid = (names: readonly string[], message: string): ProgramSaid | undefined => {
  const sentences = SENTENCES.filter(({ service }) => names.includes(service));
  if (sentences.length === 0) return undefined;
  const whole = textOf(message);
  const text = whole.slice(0, LOOKED_AT);
  for (const { says, kind } of sentences) {
    const found = says.exec(text);
    // Whoever stands at the end of a longer line is not seen: who is named before may be a stranger's word.
    if (found) return whole.length > LOOKED_AT ? { kind } : { kind, ...found.groups };
  }
  return undefined;
};
