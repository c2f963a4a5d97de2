/** What servers say of who comes in: dropbear, dovecot, postfix, and ESXi's hostd and vobd. */
import { account, ANY_NAME, LOGOFF, LOGON, said, type Sentence } from './sentence.js';

const IP = String.raw`(?<ip>[\da-fA-F.:]{2,45})`;
const SIDE = String.raw`<?\[?(?<ip>[\da-fA-F.:]{2,45}?)\]?:(?<port>\d{1,5})>?`;

const DROPBEAR = [
  ...said(
    'dropbear',
    LOGON,
    `^(?:Password|PAM password|Pubkey) auth succeeded for '${ANY_NAME}' (?:with .{1,160} )?from ${SIDE}$`,
    `^Bad (?:PAM )?password attempt for '${ANY_NAME}' from ${SIDE}$`,
    `^Login attempt for nonexistent user (?:'${ANY_NAME}' )?from ${SIDE}$`,
    `^Login attempt with wrong user ${ANY_NAME} from ${SIDE}$`,
    `^Max auth tries reached - user '${ANY_NAME}' from ${SIDE}$`,
  ),
  ...said(
    'dropbear',
    LOGOFF,
    String.raw`^Exit \((?<user>[^()\s]{1,64})\)(?: from ${SIDE})?: `,
    `^Exit before auth from ${SIDE}: `,
  ),
];

const DOVECOT_LOGIN = String.raw`^(?:[a-z\d]{1,16}-login: )?(?:Info: )?`;
const DOVECOT_SIDES = String.raw`: user=<(?<user>.{0,1024})>, (?:method=\S{1,32}, )?rip=${IP}, lip=`;
const DOVECOT = said(
  'dovecot',
  LOGON,
  `${DOVECOT_LOGIN}(?:Login|Logged in)${DOVECOT_SIDES}`,
  String.raw`${DOVECOT_LOGIN}[A-Z][^<>]{0,160}\(auth failed[^<>]{0,160}${DOVECOT_SIDES}`,
  String.raw`^auth(?:-worker\([^()]{1,32}\))?: (?:Info: )?[\w-]{1,32}\(${ANY_NAME},${IP}(?:,<[^<>\s]{1,64}>)?\): (?:Password mismatch|[Uu]nknown user|pam_authenticate\(\) failed)`,
);

/** A client's name is what its address resolves to: it holds no blank and no bracket. */
const CLIENT = String.raw`[^\s[\]]{1,255}\[${IP}\]`;
const SASL = String.raw`^(?:warning: )?${CLIENT}: SASL [\w-]{1,32} authentication failed`;
const POSTFIX = [
  ...said(
    'smtpd',
    LOGON,
    String.raw`${SASL}:? ?(?:.{0,512})?, sasl_username=(?<user>[^\s,]{1,256})$`,
    SASL,
    String.raw`^[\dA-Za-z]{5,20}: client=${CLIENT}(?::\d{1,5})?, sasl_method=[\w-]{1,32}, sasl_username=(?<user>[^\s,]{1,256})`,
  ),
  ...said('smtpd', { classUid: 4001, activityId: 1 }, `^connect from ${CLIENT}`),
  ...said('smtpd', { classUid: 4001, activityId: 2 }, `^disconnect from ${CLIENT}`),
];

const HOSTD = String.raw`^(?:[a-z]{1,16} hostd\[\w{1,16}\] ?)?\[Originator@\d{1,6} [^\]]{0,256}\] `;
const EVENT = String.raw`${HOSTD}Event \d{1,9} : `;
const VOBD = String.raw`^(?:\[\w{1,64}\] \d{1,20}us: )?\[`;
const ESXI = [
  ...said(
    'hostd',
    LOGON,
    `${HOSTD}(?:Accepted|Rejected) password for user ${ANY_NAME} from ${IP}$`,
    String.raw`${EVENT}User (?<user>[^\s@]{1,128})@${IP} logged in as `,
    `${EVENT}Cannot login ${ANY_NAME}@${IP}$`,
  ),
  ...said('hostd', LOGOFF, String.raw`${EVENT}User (?<user>[^\s@]{1,128})@${IP} logged out`),
  ...said(
    'vobd',
    LOGON,
    String.raw`${VOBD}esx\.audit\.ssh\.session\.opened\] SSH session was opened for '(?<user>[^\s'@]{1,64})@${IP}'`,
  ),
  ...said(
    'vobd',
    LOGOFF,
    String.raw`${VOBD}esx\.audit\.ssh\.session\.closed\] SSH session was closed for '(?<user>[^\s'@]{1,64})@${IP}'`,
  ),
  ...said(
    'vobd',
    account(9),
    String.raw`${VOBD}esx\.audit\.account\.locked\] Remote access for ESXi local user account '(?<user>[^\s']{1,64})' has been locked`,
  ),
];

export const SERVERS: readonly Sentence[] = [...DROPBEAR, ...DOVECOT, ...POSTFIX, ...ESXI];
