/** Windows events as an agent forwards them: about 2.1 kB each, of which no rule but the needles' has an opinion. */

const HOSTS = 50;
const USERS = 20;
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';

const two = (value: number): string => String(value).padStart(2, '0');
const hex = (value: number, digits: number): string => (value >>> 0).toString(16).toUpperCase().padStart(digits, '0');
/** Not random, and not the same again soon. */
const mixed = (nth: number): number => Math.imul(nth ^ 0x9e3779b9, 0x85ebca6b) >>> 0;

interface LineFacts {
  nth: number;
  time: string;
  host: string;
  user: string;
  /** What a needle holds. */
  mark: string | undefined;
}

const base = (
  { time, host, nth }: LineFacts,
  channel: string,
  id: number,
  provider: string,
): Record<string, unknown> => ({
  '@timestamp': time,
  EventTime: time.replace('T', ' ').replace('Z', ''),
  EventReceivedTime: time,
  Hostname: host,
  Keywords: '0x8000000000000000',
  EventType: 'INFO',
  SeverityValue: 2,
  Severity: 'INFO',
  EventID: id,
  SourceName: provider,
  ProviderGuid: '{5770385F-C22A-43E0-BF4C-06F5698FFBD9}',
  Version: 5,
  Task: id,
  OpcodeValue: 0,
  RecordNumber: 100_000 + nth,
  ExecutionProcessID: 3_344,
  ExecutionThreadID: 4_672,
  Channel: channel,
  Domain: 'NT AUTHORITY',
  AccountName: 'SYSTEM',
  AccountType: 'User',
  UserID: 'S-1-5-18',
  Opcode: 'Info',
  SourceModuleName: 'eventlog',
  SourceModuleType: 'im_msvistalog',
});

const hashes = (nth: number): string =>
  `SHA1=${hex(mixed(nth), 40)},MD5=${hex(mixed(nth + 1), 32)},SHA256=${hex(mixed(nth + 2), 64)},IMPHASH=${hex(mixed(nth + 3), 32)}`;

const TEXT_AT_MOST = 650;

/** The text that Windows renders of an event: its fields once more, cut as shippers do. */
const rendered = (title: string, fields: Record<string, unknown>): string =>
  [`${title}:`, ...Object.entries(fields).map(([name, value]) => `${name}: ${String(value)}`)]
    .join('\r\n')
    .slice(0, TEXT_AT_MOST);

const whole = (told: LineFacts, id: number, title: string, fields: Record<string, unknown>): object => ({
  ...base(told, SYSMON, id, 'Microsoft-Windows-Sysmon'),
  ...fields,
  Message: rendered(title, fields),
});

/** With what Sysmon's events of a process begin. */
const ofProcess = ({ nth, time }: LineFacts) => ({
  RuleName: '-',
  UtcTime: time.replace('T', ' ').replace('Z', ''),
  ProcessGuid: `{B3C1F2A4-${hex(mixed(nth) >>> 16, 4)}-6543-${hex(nth, 4)}-000000003D00}`,
  ProcessId: 1_000 + (nth % 9_000),
});

const processStarted = (told: LineFacts): object => {
  const { nth, user, mark } = told;
  return whole(told, 1, 'Process Create', {
    ...ofProcess(told),
    Image: 'C:\\Program Files\\Inventory\\agent.exe',
    FileVersion: '4.2.0.1187',
    Description: 'Inventory Agent',
    Product: 'Inventory',
    Company: 'Example Corporation',
    OriginalFileName: 'agent.exe',
    CommandLine: `"C:\\Program Files\\Inventory\\agent.exe" --collect software --out C:\\ProgramData\\Inventory\\${mark ?? `job-${nth}`}.json`,
    CurrentDirectory: 'C:\\Program Files\\Inventory\\',
    User: user,
    LogonGuid: `{B3C1F2A4-5E3B-6543-E703-000000000000}`,
    LogonId: '0x3e7',
    TerminalSessionId: 0,
    IntegrityLevel: 'System',
    Hashes: hashes(nth % 400),
    ParentProcessGuid: '{B3C1F2A4-5E3A-6543-0B00-000000003D00}',
    ParentProcessId: 712,
    ParentImage: 'C:\\Program Files\\Inventory\\service.exe',
    ParentCommandLine: '"C:\\Program Files\\Inventory\\service.exe" -service -group inventory',
  });
};

const connected = (told: LineFacts): object => {
  const { nth, user, host } = told;
  return whole(told, 3, 'Network connection detected', {
    ...ofProcess(told),
    Image: 'C:\\Program Files\\Mail\\mail.exe',
    User: user,
    Protocol: 'tcp',
    Initiated: true,
    SourceIsIpv6: false,
    SourceIp: `10.20.${nth % 250}.${1 + (mixed(nth) % 250)}`,
    SourceHostname: host,
    SourcePort: 49_152 + (nth % 16_000),
    SourcePortName: '-',
    DestinationIsIpv6: false,
    DestinationIp: '192.0.2.25',
    DestinationHostname: 'mail.example.test',
    DestinationPort: 443,
    DestinationPortName: 'https',
    Note: `${'connection kept for the mailbox and its calendar; '.repeat(5)}`,
  });
};

const loggedOn = (told: LineFacts): object => {
  const { nth, user } = told;
  const fields = {
    SubjectUserSid: 'S-1-0-0',
    SubjectUserName: '-',
    SubjectDomainName: '-',
    SubjectLogonId: '0x0',
    TargetUserSid: `S-1-5-21-1004336348-1177238915-682003330-${1_000 + (nth % USERS)}`,
    TargetUserName: user.slice(user.indexOf('\\') + 1),
    TargetDomainName: 'EXAMPLE',
    TargetLogonId: `0x${hex(mixed(nth), 8)}`,
    LogonType: 5,
    LogonProcessName: 'Advapi',
    AuthenticationPackageName: 'Negotiate',
    LogonGuid: `{${hex(mixed(nth), 8)}-5E3B-6543-E703-000000000000}`,
    TransmittedServices: '-',
    LmPackageName: '-',
    KeyLength: 0,
    ProcessName: '-',
    IpAddress: '-',
    IpPort: '-',
    ImpersonationLevel: '%%1833',
  };
  const text = 'This event is generated when a logon session is created on the computer that was accessed. '.repeat(3);
  return {
    ...base(told, 'Security', 4_624, 'Microsoft-Windows-Security-Auditing'),
    ...fields,
    Message: `${rendered('An account was successfully logged on', fields)}\r\n${text}`,
  };
};

/** The nth event of a measurement. @param at epoch ms. @param mark what makes it a needle. */
export const windowsLine = (nth: number, at: number, mark?: string): string => {
  const told: LineFacts = {
    nth,
    mark,
    time: new Date(at).toISOString(),
    host: `WS-${two(mixed(nth) % HOSTS)}.example.test`,
    user: `EXAMPLE\\user-${two(mixed(nth + 7) % USERS)}`,
  };
  const kind = mark === undefined ? nth % 4 : 0;
  const event = kind === 3 ? loggedOn(told) : kind === 2 ? connected(told) : processStarted(told);
  return JSON.stringify(event);
};
