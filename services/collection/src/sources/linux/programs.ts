import type { OcsfClass } from '../ocsf.js';

/** What a program's line tells: what happened, and to whom, if it says so. */
export interface ProgramSaid {
  kind: OcsfClass;
  user?: string;
  ip?: string;
  port?: string;
}

interface Sentence {
  service: string;
  says: RegExp;
  kind: OcsfClass;
}

const LOGON: OcsfClass = { classUid: 3002, activityId: 1 };
const LOGOFF: OcsfClass = { classUid: 3002, activityId: 2 };
const account = (activityId: number): OcsfClass => ({ classUid: 3001, activityId });

/** What stands behind it tells where it ends. */
const WORD = String.raw`(?<user>[^\s'"(),;]{1,64})`;
/** The full stop or the colon at the end of a sentence is none of it. */
const NAME = String.raw`(?<user>[^\s'"(),;]{0,63}[^\s'"(),;.:])(?![^\s'"(),;.:\]])`;
/** A stranger may call himself "root from 192.0.2.7 port 5": what sshd says stands behind the name. */
const ANY_NAME = '(?<user>.{1,1024})';
const AT = String.raw`(?<ip>\S{1,64}) port (?<port>\d{1,5})`;
const FROM = `from ${AT}`;
/** Whoever asks is not among what PAM says before `rhost`, so that none of it can be forged. */
const PAM = String.raw`logname=\S{0,64} uid=\d+ euid=\d+ tty=\S{0,64} ruser=\S{0,64} rhost=(?<ip>\S{0,64})(?= {0,2}(?:$|user=))(?: {1,2}user=${NAME})?`;
const said = (services: string, kind: OcsfClass, ...sentences: string[]): Sentence[] =>
  services
    .split(' ')
    .flatMap((service) => sentences.map((sentence) => ({ service, kind, says: new RegExp(`\\b${sentence}`) })));

const SENTENCES = [
  ...said(
    'sshd',
    LOGON,
    String.raw`(?:Accepted|Failed) \S{1,64} for (?:invalid user )?${ANY_NAME} ${FROM}`,
    `Invalid user ${ANY_NAME} ${FROM}`,
  ),
  ...said(
    'sshd',
    LOGOFF,
    String.raw`(?:Disconnected from|Connection (?:closed|reset) by) (?:authenticating |invalid )?(?:user ${ANY_NAME} )?${AT}`,
  ),
  ...said('sshd', LOGON, `maximum authentication attempts exceeded for (?:invalid user )?${ANY_NAME} ${FROM}`),
  ...said('sshd sudo auth', LOGON, `authentication failure; ${PAM}`),
  ...said('sshd sudo auth', LOGON, `session opened for user ${NAME}`),
  ...said('auth', LOGON, `(?:Successful|FAILED) su for ${WORD} by `, `New session '?\\S{1,16} of user '?${NAME}`),
  ...said('sshd sudo auth', LOGOFF, `session closed for user ${NAME}`),
  ...said('auth', account(1), `new user: name=${WORD},`),
  ...said('auth', account(3), `password (?:changed for|for ['"]?)${NAME}`),
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
];

/** No program says more before it comes to the point. */
const LOOKED_AT = 1_024;

/** What the line of a program says, by the service that rules call it. */
export const programSaid = (services: readonly string[], message: string): ProgramSaid | undefined => {
  const text = message.slice(0, LOOKED_AT);
  for (const { service, says, kind } of SENTENCES) {
    const found = services.includes(service) ? says.exec(text) : null;
    // Whoever stands at the end of a longer line is not seen: who is named before may be a stranger's word.
    if (found) return message.length > LOOKED_AT ? { kind } : { kind, ...found.groups };
  }
  return undefined;
};
