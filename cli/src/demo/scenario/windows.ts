import { isoTime } from './story.js';

/** Windows events as an agent forwards them: flat JSON with the channel's own field names. */
const base = (at: number, host: string, channel: string, id: number) => ({
  '@timestamp': isoTime(at),
  EventTime: isoTime(at),
  Channel: channel,
  EventID: id,
  Hostname: host,
  Computer: host,
});
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

export interface ProcessRun {
  image: string;
  commandLine: string;
  user: string;
  parent: string;
  pid?: number;
}

export const processStarted = (
  at: number,
  host: string,
  { image, commandLine, user, parent, pid = 4_000 }: ProcessRun,
) => ({
  at,
  event: {
    ...base(at, host, SYSMON, 1),
    UtcTime: isoTime(at).replace('T', ' ').replace('Z', ''),
    Image: image,
    CommandLine: commandLine,
    User: user,
    ParentImage: parent,
    ProcessId: String(pid),
    IntegrityLevel: 'Medium',
    ProcessGuid: `{${host.slice(0, 8)}-${pid}-${at}}`,
  },
});

export const memoryRead = (at: number, host: string, source: string, user: string) => ({
  at,
  event: {
    ...base(at, host, SYSMON, 10),
    SourceImage: source,
    TargetImage: 'C:\\Windows\\system32\\lsass.exe',
    GrantedAccess: '0x1410',
    CallTrace: 'C:\\Windows\\SYSTEM32\\ntdll.dll+9c534|UNKNOWN(000001F2C4A51234)',
    SourceUser: user,
  },
});

export const serviceInstalled = (at: number, host: string, name: string, path: string, account: string) => ({
  at,
  event: {
    ...base(at, host, 'System', 7045),
    Provider_Name: 'Service Control Manager',
    ServiceName: name,
    ImagePath: path,
    ServiceType: 'user mode service',
    StartType: 'demand start',
    AccountName: account,
  },
});

export const networkLogon = (at: number, host: string, user: string, from: string) => ({
  at,
  event: {
    ...base(at, host, 'Security', 4624),
    TargetUserName: user,
    TargetDomainName: host.split('.')[1]?.toUpperCase() ?? '',
    LogonType: '3',
    IpAddress: from,
    AuthenticationPackageName: 'Kerberos',
  },
});

export const connection = (at: number, host: string, image: string, user: string, to: string, port: number) => ({
  at,
  event: {
    ...base(at, host, SYSMON, 3),
    Image: image,
    User: user,
    Protocol: 'tcp',
    DestinationIp: to,
    DestinationPort: String(port),
    Initiated: 'true',
  },
});

const ORDINARY: Omit<ProcessRun, 'user'>[] = [
  {
    image: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE',
    commandLine: '"C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE"',
    parent: 'C:\\Windows\\explorer.exe',
  },
  {
    image: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE',
    commandLine: 'EXCEL.EXE "C:\\Users\\Public\\budget.xlsx"',
    parent: 'C:\\Windows\\explorer.exe',
  },
  {
    image: 'C:\\Windows\\System32\\notepad.exe',
    commandLine: 'notepad.exe notes.txt',
    parent: 'C:\\Windows\\explorer.exe',
  },
  {
    image: 'C:\\Windows\\System32\\svchost.exe',
    commandLine: 'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s BITS',
    parent: 'C:\\Windows\\System32\\services.exe',
  },
  {
    image: 'C:\\Windows\\System32\\taskhostw.exe',
    commandLine: 'taskhostw.exe Install $(Arg0)',
    parent: 'C:\\Windows\\System32\\svchost.exe',
  },
];

/** What the machines of an office do all day. */
export const ordinary = (roll: () => number, at: number, hosts: readonly string[], users: readonly string[]) => {
  const host = hosts[Math.floor(roll() * hosts.length)] ?? '';
  const user = users[Math.floor(roll() * users.length)] ?? '';
  const run = ORDINARY[Math.floor(roll() * ORDINARY.length)] as Omit<ProcessRun, 'user'>;
  if (roll() < 0.3) return connection(at, host, run.image, user, '192.0.2.25', 443);
  return processStarted(at, host, { ...run, user, pid: 1_000 + Math.floor(roll() * 9_000) });
};
