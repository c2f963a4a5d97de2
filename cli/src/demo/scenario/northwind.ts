import { byTime, dice, minutesBefore, ordinaryTimes, type Story } from './story.js';
import { memoryRead, networkLogon, ordinary, processStarted, serviceInstalled } from './windows.js';

const DOMAIN = 'northwind.example';
const DESK = `wks-014.${DOMAIN}`;
const FILES = `srv-files01.${DOMAIN}`;
const HOSTS = [DESK, FILES, `wks-015.${DOMAIN}`, `wks-022.${DOMAIN}`, `srv-dc01.${DOMAIN}`];
const USERS = ['NORTHWIND\\h.brooks', 'NORTHWIND\\s.patel', 'NORTHWIND\\j.novak'];
const THIEF = 'NORTHWIND\\h.brooks';
const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
// "Write-Output 'demonstration only'", as PowerShell wants it.
const ENCODED = 'VwByAGkAdABlAC0ATwB1AHQAcAB1AHQAIAAnAGQAZQBtAG8AbgBzAHQAcgBhAHQAaQBvAG4AIABvAG4AbAB5ACcA';

const attack = (now: number) => [
  processStarted(minutesBefore(now, 19), DESK, {
    image: POWERSHELL,
    commandLine: `powershell.exe -NoP -W Hidden -enc ${ENCODED}`,
    user: THIEF,
    parent: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
    pid: 5120,
  }),
  memoryRead(minutesBefore(now, 14), DESK, POWERSHELL, THIEF),
  networkLogon(minutesBefore(now, 9), FILES, 'h.brooks', '10.10.4.14'),
  serviceInstalled(minutesBefore(now, 8.9), FILES, 'PSEXESVC', '%SystemRoot%\\PSEXESVC.exe', 'LocalSystem'),
  processStarted(minutesBefore(now, 8.5), FILES, {
    image: 'C:\\Windows\\System32\\vssadmin.exe',
    commandLine: 'vssadmin.exe delete shadows /all /quiet',
    user: 'NT AUTHORITY\\SYSTEM',
    parent: 'C:\\Windows\\PSEXESVC.exe',
    pid: 7012,
  }),
];

/** A clinic whose provider may act: a stolen session moves from a desk to the file server. */
export const northwind: Story = {
  tenant: 'northwind',
  plan: {
    name: 'Northwind Clinic',
    prefix: 'NWC',
    language: 'EN',
    timeZone: 'Europe/London',
    policy: {
      mode: 'AUTHORIZE',
      // The clinic's own choice: its file server, though critical, is cut off at once; its domain controller never.
      guards: { criticalAssets: false },
      exclusions: [{ entity: `host:srv-dc01.${DOMAIN}`, reason: 'domain controller: people decide' }],
    },
    contacts: [
      {
        name: 'Iris Hall',
        subject: 'iris@northwind',
        kind: 'INCIDENT',
        channel: 'mail',
        address: 'security@northwind.example',
        language: 'EN',
      },
      { name: 'Board', kind: 'REPORT', channel: 'mail', address: 'board@northwind.example', language: 'EN' },
    ],
    assets: [
      {
        assetId: 'A-014',
        hostnames: [DESK, 'wks-014'],
        criticality: 'MEDIUM',
        owner: 'Reception',
        unit: 'Front desk',
        groups: ['workstations'],
      },
      {
        assetId: 'A-101',
        hostnames: [FILES, 'srv-files01'],
        criticality: 'CRITICAL',
        owner: 'IT',
        unit: 'Patient records',
        groups: ['servers'],
      },
      {
        assetId: 'A-100',
        hostnames: [`srv-dc01.${DOMAIN}`],
        criticality: 'CRITICAL',
        owner: 'IT',
        unit: 'IT',
        groups: ['servers'],
      },
    ],
    identities: [
      {
        identityId: 'U-7',
        names: ['h.brooks', THIEF.toLowerCase()],
        criticality: 'MEDIUM',
        unit: 'Front desk',
        privileged: false,
      },
    ],
    sources: [{ name: 'endpoint', kind: 'WINDOWS' }],
    connectors: [
      { vendor: 'defender', baseUrl: 'standin:defender', secretRef: 'standin-defender', account: 'northwind' },
    ],
  },
  telling:
    'a stolen session at Northwind Clinic reads the logon process, moves to the file server and deletes its backups',
  feeds: (now) => {
    const roll = dice(11);
    const office = ordinaryTimes(roll, now, 600).map((at) => ordinary(roll, at, HOSTS, USERS));
    return [{ source: 'endpoint', via: 'kafka', events: byTime([...office, ...attack(now)]) }];
  },
};
