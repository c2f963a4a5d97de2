import {
  dice,
  isoTime,
  minutesBefore,
  ordinary,
  ordinaryTimes,
  processStarted,
  type TenantPlan,
} from '../../cli/src/index.js';

/**
 * Telemetry made up for counting: a busy office, some of whose machines are attacked, and a few lines that nobody can
 * read.
 */
export const TENANT = 'harbor';
export const SOURCE = 'endpoint';
export const EVENTS = 3_000;
const DOMAIN = 'harbor.example';
export const ATTACKED = ['wks-01', 'wks-02', 'wks-03', 'wks-04', 'wks-05', 'wks-06'].map((name) => `${name}.${DOMAIN}`);
/** Where passwords of many accounts are tried: a correlation, counted over as many events. */
export const SPRAYED = `srv-31.${DOMAIN}`;
const QUIET = ['wks-11', 'wks-12', 'wks-13', 'srv-21'].map((name) => `${name}.${DOMAIN}`);
const USERS = ['HARBOR\\lee', 'HARBOR\\ito', 'HARBOR\\ruiz'];
const SYSTEM = 'NT AUTHORITY\\SYSTEM';
const LINES_A_MESSAGE = 20;
const UNREADABLE_EVERY = 15;

export const harbor: TenantPlan = {
  name: 'Harbor',
  prefix: 'HBR',
  language: 'EN',
  timeZone: 'UTC',
  policy: { mode: 'AUTHORIZE' },
  contacts: [],
  assets: [],
  identities: [],
  sources: [{ name: SOURCE, kind: 'WINDOWS' }],
  connectors: [{ vendor: 'defender', baseUrl: 'standin:defender', secretRef: 'standin-defender', account: 'harbor' }],
};

/** What an attacked machine does: two detections of ours, one case, one isolation. */
export const attackOn = (host: string, at: number) => [
  processStarted(at, host, {
    image: 'C:\\Windows\\System32\\vssadmin.exe',
    commandLine: 'vssadmin.exe delete shadows /all /quiet',
    user: SYSTEM,
    parent: 'C:\\Windows\\System32\\cmd.exe',
    pid: 7_001,
  }),
  processStarted(at + 20_000, host, {
    image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    commandLine: 'powershell.exe -NonI -W Hidden -enc VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AJwA=',
    user: SYSTEM,
    parent: 'C:\\Windows\\explorer.exe',
    pid: 7_002,
  }),
];

const failedLogon = (at: number, index: number) => ({
  at,
  event: {
    '@timestamp': isoTime(at),
    EventTime: isoTime(at),
    Channel: 'Security',
    EventID: 4625,
    Hostname: SPRAYED,
    Computer: SPRAYED,
    TargetUserName: `clerk${index}`,
    TargetDomainName: 'HARBOR',
    IpAddress: '203.0.113.77',
    LogonType: 3,
    Status: '0xc000006d',
  },
});

/** One try for each of many accounts, over eight minutes: some are sent before a fault, some after. */
const sprayed = (now: number) =>
  Array.from({ length: 16 }, (_, index) => failedLogon(minutesBefore(now, 34) + index * 30_000, index));

/** Messages as a partner sends them, each some lines; the same for the same `now`. */
export const outbreak = (now: number): Buffer[] => {
  const roll = dice(41);
  const office = ordinaryTimes(roll, now, EVENTS).map((at) => ordinary(roll, at, QUIET, USERS));
  const attacks = ATTACKED.flatMap((host, index) => attackOn(host, minutesBefore(now, 50 - index * 8)));
  const lines = [...office, ...attacks, ...sprayed(now)]
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => JSON.stringify(event));
  const messages = Array.from({ length: Math.ceil(lines.length / LINES_A_MESSAGE) }, (_, index) =>
    lines.slice(index * LINES_A_MESSAGE, (index + 1) * LINES_A_MESSAGE),
  );
  return messages.map((some, index) =>
    Buffer.from([...some, ...(index % UNREADABLE_EVERY === 0 ? [`{"broken": "${isoTime(now)}`] : [])].join('\n')),
  );
};
