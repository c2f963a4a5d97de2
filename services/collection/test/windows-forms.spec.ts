import { compile, readEvent } from '#libs/sigma';
import type { JsonObject } from '#libs/sigma';
import { windows } from '../src/sources/windows/index.js';
import type { NativeObject } from '../src/sources/source.js';
import { FORMS, type LoggedEvent } from './windows-forms.js';

/** The same event, whichever tool ships it: what rules find and what is normalised are one reading. */
const START: LoggedEvent = {
  channel: 'Microsoft-Windows-Sysmon/Operational',
  id: 1,
  provider: 'Microsoft-Windows-Sysmon',
  computer: 'WS1.example.test',
  time: '2026-11-02T09:00:00.260Z',
  record: 4711,
  message: 'Process Create:',
  data: [
    ['RuleName', '-'],
    ['UtcTime', '2026-11-02 09:00:00.250'],
    ['ProcessGuid', '{b1c0d9a4-0000-0000-0000-000000000001}'],
    ['ProcessId', '4321'],
    ['Image', 'C:\\Tools\\evil.exe'],
    ['FileVersion', '1.0'],
    ['Description', "A tool & <more> 'quoted'"],
    ['Product', 'P'],
    ['Company', 'C'],
    ['OriginalFileName', 'evil.exe'],
    ['CommandLine', '"C:\\Tools\\evil.exe" -x "a & b" <in >out'],
    ['CurrentDirectory', 'C:\\Tools\\'],
    ['User', 'EXAMPLE\\ada'],
    ['LogonGuid', '{b1c0d9a4-0000-0000-0000-000000000002}'],
    ['LogonId', '0x3e7'],
    ['TerminalSessionId', '1'],
    ['IntegrityLevel', 'High'],
    ['Hashes', `MD5=${'AB'.repeat(16)},SHA256=${'CD'.repeat(32)},IMPHASH=${'EF'.repeat(16)}`],
    ['ParentProcessGuid', '{b1c0d9a4-0000-0000-0000-000000000003}'],
    ['ParentProcessId', '77'],
    ['ParentImage', 'C:\\Windows\\explorer.exe'],
    ['ParentCommandLine', 'explorer.exe'],
    ['ParentUser', 'EXAMPLE\\ada'],
  ],
};

const FAILURE: LoggedEvent = {
  channel: 'Security',
  id: 4625,
  provider: 'Microsoft-Windows-Security-Auditing',
  computer: 'DC1.example.test',
  time: '2026-11-02T09:00:00.000Z',
  record: 4712,
  message: 'An account failed to log on.',
  data: [
    ['SubjectUserSid', 'S-1-0-0'],
    ['SubjectUserName', '-'],
    ['SubjectDomainName', '-'],
    ['SubjectLogonId', '0x0'],
    ['TargetUserSid', 'S-1-0-0'],
    ['TargetUserName', 'ada'],
    ['TargetDomainName', 'EXAMPLE'],
    ['Status', '0xc000006d'],
    ['FailureReason', '%%2313'],
    ['SubStatus', '0xc000006a'],
    ['LogonType', '3'],
    ['LogonProcessName', 'NtLmSsp'],
    ['AuthenticationPackageName', 'NTLM'],
    ['WorkstationName', 'WS1'],
    ['TransmittedServices', '-'],
    ['LmPackageName', '-'],
    ['KeyLength', '0'],
    ['ProcessId', '0x0'],
    ['ProcessName', '-'],
    ['IpAddress', '10.1.1.5'],
    ['IpPort', '50123'],
  ],
};

const CLASSIC: LoggedEvent = {
  channel: 'Windows PowerShell',
  id: 400,
  provider: 'PowerShell',
  computer: 'WS1.example.test',
  time: '2026-11-02T09:00:00.000Z',
  record: 4713,
  message: 'Engine state is changed from None to Available.',
  data: [
    ['', 'Available'],
    ['', 'None'],
    ['', '\tHostApplication=powershell -EncodedCommand AAA'],
  ],
};

const SERVICE: LoggedEvent = {
  channel: 'System',
  id: 7045,
  provider: 'Service Control Manager',
  computer: 'WS1.example.test',
  time: '2026-11-02T09:00:00.000Z',
  record: 4714,
  message: 'A service was installed in the system.',
  data: [
    ['ServiceName', 'evil'],
    ['ImagePath', '%COMSPEC% /c evil'],
    ['ServiceType', 'user mode service'],
    ['StartType', 'demand start'],
    ['AccountName', 'LocalSystem'],
  ],
};

/** Whether a rule with this logsource and selection matches: by the kernel and by the plain evaluator. */
const matches = (event: NativeObject, logsource: JsonObject, selection: JsonObject): boolean[] =>
  (['kernel', 'plain'] as const).map((engine) => {
    const rule = { title: 't', id: 'r', logsource, detection: { s: selection, condition: 's' } };
    const rules = compile([{ path: 'r.yml', text: JSON.stringify(rule) }], { engine });
    return rules.match({ logsource: 'windows', native: Buffer.from(JSON.stringify(event)) }).length === 1;
  });

const normalised = (event: NativeObject) => windows.normalise(event, Buffer.from(JSON.stringify(event)));
const fieldsOf = (event: NativeObject, names: string[]) => {
  const { find } = readEvent('windows', event as JsonObject);
  return Object.fromEntries(names.map((name) => [name, String(find(name))]));
};

const BOTH = [true, true];

describe.each(Object.entries(FORMS))('Windows events %s', (_, form) => {
  it.each([
    ['START', START],
    ['FAILURE', FAILURE],
    ['SERVICE', SERVICE],
  ])('have the same fields: %s', (_name, logged) => {
    expect(
      fieldsOf(
        form(logged),
        logged.data.map(([name]) => name),
      ),
    ).toEqual(Object.fromEntries(logged.data));
    expect(fieldsOf(form(logged), ['Channel', 'EventID', 'Provider_Name', 'Computer'])).toEqual({
      Channel: logged.channel,
      EventID: String(logged.id),
      Provider_Name: logged.provider,
      Computer: logged.computer,
    });
  });

  it('of a process are matched and normalised', () => {
    const event = form(START);
    expect(
      matches(
        event,
        { product: 'windows', category: 'process_creation' },
        {
          'Image|endswith': '\\evil.exe',
          'CommandLine|contains': 'a & b" <in',
          Provider_Name: 'Microsoft-Windows-Sysmon',
        },
      ),
    ).toEqual(BOTH);
    expect(matches(event, { product: 'windows', service: 'sysmon' }, { Imphash: 'ef'.repeat(16) })).toEqual(BOTH);
    expect(normalised(event)).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 250),
      entity: 'host:ws1.example.test',
      ocsf: {
        classUid: 1007,
        activityId: 1,
        device: { hostname: 'WS1.example.test' },
        actor: {
          userName: 'ada',
          userDomain: 'EXAMPLE',
          processPath: 'C:\\Tools\\evil.exe',
          commandLine: '"C:\\Tools\\evil.exe" -x "a & b" <in >out',
          pid: 4321,
          parentProcessName: 'explorer.exe',
        },
        file: { sha256: 'CD'.repeat(32), md5: 'AB'.repeat(16) },
      },
    });
  });

  it('of a failed logon are matched and normalised', () => {
    const event = form(FAILURE);
    expect(
      matches(
        event,
        { product: 'windows', service: 'security' },
        {
          EventID: 4625,
          TargetUserName: 'ada',
          IpAddress: '10.1.1.5',
        },
      ),
    ).toEqual(BOTH);
    expect(normalised(event)).toMatchObject({
      occurredAt: Date.UTC(2026, 10, 2, 9, 0, 0, 0),
      entity: 'host:dc1.example.test',
      ocsf: { classUid: 3002, activityId: 1, actor: { userName: 'ada' }, src: { ip: '10.1.1.5', port: 50123 } },
    });
  });

  it('with data that have no name are found by it', () => {
    const event = form(CLASSIC);
    expect(
      matches(event, { product: 'windows', category: 'ps_classic_start' }, { 'Data|contains': 'EncodedCommand' }),
    ).toEqual(BOTH);
    expect(normalised(event)).toMatchObject({ entity: 'host:ws1.example.test', ocsf: { classUid: 1009 } });
  });
});
