import { byTime, dice, isoTime, minutesBefore, ordinaryTimes, pick, type Story } from './story.js';

const CAMILLE = 'camille.moreau@lumiere.example';
const PEOPLE = ['anais.petit@lumiere.example', 'louis.garnier@lumiere.example', 'nora.benali@lumiere.example', CAMILLE];
const ACCOUNT = '111122223333';
const STRANGER = '203.0.113.77';

let serial = 0;

const okta = (
  at: number,
  eventType: string,
  who: string,
  rest: { result?: string; reason?: string; ip?: string; proxy?: boolean; target?: string } = {},
) => ({
  at,
  event: {
    uuid: `00000000-0000-4000-8000-${String((serial += 1)).padStart(12, '0')}`,
    published: isoTime(at),
    eventType,
    severity: 'INFO',
    outcome: { result: rest.result ?? 'SUCCESS', ...(rest.reason ? { reason: rest.reason } : {}) },
    actor: { id: `u-${who}`, type: 'User', alternateId: who, displayName: who.split('@')[0] },
    client: {
      ipAddress: rest.ip ?? '192.0.2.40',
      userAgent: { rawUserAgent: 'Mozilla/5.0' },
      geographicalContext: { country: rest.ip ? 'Unknown' : 'France' },
    },
    securityContext: { isProxy: rest.proxy ?? false },
    target: rest.target ? [{ type: 'User', alternateId: rest.target }] : [],
  },
});

const trail = (
  at: number,
  source: string,
  name: string,
  user: string,
  parameters: object | null,
  readOnly = false,
) => ({
  at,
  event: {
    eventVersion: '1.09',
    eventID: `e-${(serial += 1)}`,
    eventTime: isoTime(at),
    eventSource: source,
    eventName: name,
    awsRegion: 'eu-west-3',
    readOnly,
    sourceIPAddress: STRANGER,
    userAgent: 'aws-cli/2.17',
    recipientAccountId: ACCOUNT,
    requestParameters: parameters,
    responseElements: null,
    userIdentity: { type: 'IAMUser', userName: user, accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/${user}` },
  },
});

const takeover = (now: number) => [
  ...[24, 23.5, 23, 22.4].map((minutes) =>
    okta(minutesBefore(now, minutes), 'user.mfa.okta_verify.deny_push', CAMILLE, { result: 'FAILURE', ip: STRANGER }),
  ),
  okta(minutesBefore(now, 21), 'user.session.start', CAMILLE, { ip: STRANGER, proxy: true }),
  okta(minutesBefore(now, 17), 'user.account.privilege.grant', CAMILLE, {
    ip: STRANGER,
    target: 'svc-sauvegarde@lumiere.example',
  }),
];

const inTheCloud = (now: number) => [
  trail(minutesBefore(now, 12), 'iam.amazonaws.com', 'CreateAccessKey', 'camille.moreau', { userName: 'deploy' }),
  trail(minutesBefore(now, 10), 'cloudtrail.amazonaws.com', 'StopLogging', 'camille.moreau', { name: 'principal' }),
];

/** A studio that wants to be asked: an account is taken over through a worn-down second factor. */
export const lumiere: Story = {
  tenant: 'lumiere',
  plan: {
    name: 'Atelier Lumière',
    prefix: 'LUM',
    language: 'FR',
    timeZone: 'Europe/Paris',
    policy: { mode: 'COLLABORATE', approvalMinutes: 30 },
    contacts: [
      {
        name: 'Zoé Lambert',
        subject: 'zoe@lumiere',
        kind: 'INCIDENT',
        channel: 'mail',
        address: 'securite@lumiere.example',
        language: 'FR',
      },
      { name: 'Outil de suivi', kind: 'REPORT', channel: 'webhook', address: 'suivi', language: 'FR' },
    ],
    assets: [],
    identities: [
      {
        identityId: 'U-1',
        names: [CAMILLE, 'camille.moreau'],
        criticality: 'HIGH',
        unit: 'Direction technique',
        privileged: true,
      },
    ],
    sources: [
      { name: 'okta', kind: 'OKTA' },
      { name: 'cloudtrail', kind: 'AWS_CLOUDTRAIL' },
    ],
    connectors: [{ vendor: 'okta', baseUrl: 'standin:okta', secretRef: 'standin-okta', account: 'lumiere' }],
  },
  telling:
    'somebody wears down the second factor of an administrator at Atelier Lumière and goes on into the cloud account',
  feeds: (now) => {
    const roll = dice(23);
    const signIns = ordinaryTimes(roll, now, 240).map((at) =>
      okta(at, pick(roll, ['user.session.start', 'user.authentication.sso', 'user.session.end']), pick(roll, PEOPLE)),
    );
    const calls = ordinaryTimes(roll, now, 180).map((at) =>
      trail(
        at,
        's3.amazonaws.com',
        pick(roll, ['ListObjects', 'HeadObject']),
        pick(roll, ['deploy', 'anais.petit']),
        null,
        true,
      ),
    );
    return [
      { source: 'okta', via: 'http', events: byTime([...signIns, ...takeover(now)]) },
      { source: 'cloudtrail', via: 'http', events: byTime([...calls, ...inTheCloud(now)]) },
    ];
  },
};
