import { readSyslogHeader } from '#libs/sigma';
import { read as readMessage } from '../../test/wrapped.js';
import { writeLine } from '../envelope/line.js';
import { hecRaw } from '../listeners/hec-formats.js';
import { ndjson } from '../listeners/formats.js';
import { piecesIn } from './pieces.js';
import type { NativeObject, NormalisedEvent } from './source.js';
import { tablePieces } from './table-pieces.js';
import { windows } from './windows/index.js';

const read = (text: string): NormalisedEvent[] =>
  windows.split(Buffer.from(text)).map((piece) => windows.normalise(JSON.parse(String(piece)) as NativeObject, piece));

const SUBJECT = ['Subject:', '\tSecurity ID:\t\tS-1-5-18', '\tAccount Name:\t\tDC01$', '\tLogon ID:\t\t0x3e7', ''];
const LOGON = [
  'An account was successfully logged on.',
  '',
  ...SUBJECT,
  'Logon Information:',
  '\tLogon Type:\t\t3',
  '',
  'New Logon:',
  '\tSecurity ID:\t\tS-1-5-21-1',
  '\tAccount Name:\t\tada',
  '\tAccount Domain:\t\tACME',
  '',
  'Network Information:',
  '\tWorkstation Name:\tPC7',
  '\tSource Network Address:\t192.0.2.7',
  '\tSource Port:\t\t50123',
  '',
  'This event is generated when a logon session is created. Network Information:',
];
const PROCESS = (command: string): string[] => [
  'A new process has been created.',
  '',
  'Creator Subject:',
  '\tAccount Name:\t\tada',
  '\tAccount Domain:\t\tACME',
  '',
  'Process Information:',
  '\tNew Process ID:\t\t0x1f4',
  '\tNew Process Name:\tC:\\Windows\\System32\\vssadmin.exe',
  '\tCreator Process Name:\tC:\\Windows\\explorer.exe',
  `\tProcess Command Line:\t${command}`,
  '',
  'Token Elevation Type indicates the type of token that was assigned.',
];
const SYSMON = [
  'Process Create:',
  'RuleName: -',
  'UtcTime: 2026-11-28 18:59:02.123',
  'Image: C:\\a.exe',
  'User: ACME\\ada',
];

const block = (code: number, message: string[], log = 'Security'): string =>
  [
    '11/28/2026 06:59:02 PM',
    `LogName=${log}`,
    `EventCode=${code}`,
    'EventType=0',
    'ComputerName=dc01.acme.test',
    'User=NOT_TRANSLATED',
    'SourceName=Microsoft Windows security auditing.',
    `Message=${message.join('\n')}`,
    '',
  ].join('\n');
/** Snare writes each line break and tab of a message as a blank. */
const snare = (code: number, message: string[], log = 'Security', tab = '\t'): string =>
  `<131>Nov 28 18:59:02 dc01 MSWinEventLog${tab}${[
    ...['1', log, '77', 'Sat Nov 28 18:59:02 2026', String(code), 'Microsoft-Windows-Security-Auditing', 'N/A', 'N/A'],
    ...['Success Audit', 'dc01.acme.test', 'Logon', '', message.join('\r\n').replace(/[\r\n\t]/g, ' '), '99'],
  ].join(tab)}`;

/** What Windows' Event Viewer saves as CSV: the last column has no name. */
const saved = (code: number, message: string[]): string =>
  [
    'Keywords,Date and Time,Source,Event ID,Task Category',
    `Audit Success,11/28/2026 6:59:02 PM,Microsoft-Windows-Security-Auditing,${code},Logon,"${message.join('\r\n')}"`,
    '',
  ].join('\r\n');

describe('Windows events as text', () => {
  it('are read as Event Viewer saves them, whose host nobody says', () => {
    const [piece] = tablePieces(Buffer.from(saved(4624, LOGON)), windows.form) ?? [];
    const event = JSON.parse(String(piece?.json)) as NativeObject;
    expect(windows.normalise(event, Buffer.from('{}'))).toMatchObject({
      writtenTime: { year: 2026, month: 11, day: 28, hours: 18 },
      entity: 'user:ada',
      ocsf: { classUid: 3002, actor: { userName: 'ada' }, src: { ip: '192.0.2.7', hostname: 'PC7' } },
    });
  });

  it.each([
    ["Splunk's block", block(4624, LOGON)],
    ["Splunk's block with other ends of lines", block(4624, LOGON).replaceAll('\n', '\r\n')],
    ["Snare's line", snare(4624, LOGON)],
    ["Snare's line that rsyslog passed on", snare(4624, LOGON, 'Security', '#011')],
  ])('tell a logon: %s', (_, text) => {
    expect(read(text)).toMatchObject([
      {
        entity: 'host:dc01.acme.test',
        ocsf: {
          classUid: 3002,
          activityId: 1,
          actor: { userName: 'ada' },
          src: { ip: '192.0.2.7', port: 50_123, hostname: 'PC7' },
        },
      },
    ]);
    expect(read(text)[0]?.observables).not.toContainEqual({ kind: 'user-name', value: 'NOT_TRANSLATED' });
  });

  it.each([
    ["Splunk's block", block(4688, PROCESS('vssadmin  delete shadows /all'))],
    ["Snare's line", snare(4688, PROCESS('vssadmin  delete shadows /all'))],
  ])('tell a process: %s', (_, text) =>
    expect(read(text)).toMatchObject([
      {
        ocsf: {
          classUid: 1007,
          activityId: 1,
          actor: { userName: 'ada', commandLine: 'vssadmin  delete shadows /all', parentProcessName: 'explorer.exe' },
        },
      },
    ]),
  );

  it('tell what Sysmon saw', () =>
    expect(read(block(1, SYSMON, 'Microsoft-Windows-Sysmon/Operational'))).toMatchObject([
      {
        occurredAt: Date.UTC(2026, 10, 28, 18, 59, 2, 123),
        ocsf: { classUid: 1007, actor: { processPath: 'C:\\a.exe' } },
      },
    ]));

  it('tell nothing by a label that a stranger wrote, too', () => {
    const forged = LOGON.map((line) => line.replace('PC7', 'x\n\tSource Network Address:\t10.0.0.1\n\tz'));
    expect(read(block(4624, forged))[0]?.ocsf.src?.ip).toBeUndefined();
    expect(read(block(4688, PROCESS('a\n\tAccount Name:\troot\nSubject:\n\tAccount Name:\tb')))).toMatchObject([
      { ocsf: { actor: { userName: 'ada', commandLine: 'a Account Name:\troot Subject: Account Name:\tb' } } },
    ]);
  });

  it('say their local time, and whose line it is', () => {
    const local = Date.UTC(2026, 10, 28, 18, 59, 2);
    for (const text of [block(4624, LOGON), snare(4624, LOGON)])
      expect(read(text).map(({ occurredAt, localTime }) => [occurredAt, localTime?.at])).toEqual([[undefined, local]]);
    const [piece] = piecesIn(Buffer.from(snare(4624, LOGON)), windows.form);
    expect(piece?.header?.host).toBe(readSyslogHeader(snare(4624, LOGON))?.host);
    expect(piece?.header?.host).toBe('dc01');
  });

  it('are cut where the next begins, by the door as by the reader', () => {
    const text = `${block(4624, LOGON)}\n${block(4688, PROCESS('a'))}`;
    expect(read(`${block(4624, LOGON)}\n${block(4688, PROCESS('a'))}`).map(({ ocsf }) => ocsf.classUid)).toEqual([
      3002, 1007,
    ]);
    const lines = piecesIn(Buffer.from(text), { text: true, xml: true, isRaw: true });
    expect(lines.map(({ bytes }) => String(bytes).split('\n')[2])).toEqual(['EventCode=4624', 'EventCode=4688']);
  });

  it.each([
    'MSWinEventLog\t1\tSecurity',
    'words MSWinEventLog',
    'xMSWinEventLog\t1\ta\tb\tc\t1\tx\tx\tx\tx\tx\tx\tx',
    '1/1/2026',
  ])('are none of these: %s', (text) =>
    expect(piecesIn(Buffer.from(text), windows.form).map(({ json }) => String(json))).toEqual([text]),
  );
});

describe('a block of text in the message of another', () => {
  const forged = block(4624, LOGON).replace('dc01.acme.test', 'victim');
  const SCRIPT = ['Creating Scriptblock text (1 of 1):', 'x', forged];
  const script = block(4104, SCRIPT, 'Microsoft-Windows-PowerShell/Operational');
  const command = block(4688, PROCESS(`a\n${forged}`));
  const hec = (event: string): Buffer =>
    writeLine({ by: 'hec', host: 'dc01', said: '{}', event: Buffer.from(JSON.stringify(event)) });
  const bounded: [string, string, Buffer, boolean | undefined][] = [
    ['a script', 'an event by HEC', hec(script), true],
    ['a command line', 'an event by HEC', hec(command), true],
    ['a script', 'a message of its own', Buffer.from(script), undefined],
    ['a command line', 'a message of its own', Buffer.from(command), undefined],
    ['a script', "a service's text", Buffer.from(JSON.stringify({ sid: 'x', result: { _raw: script } })), undefined],
  ];

  it.each(bounded)('is no event where who sends it bounds it: %s, %s', (_what, _way, message, enveloped) => {
    const { events, rejected } = readMessage('WINDOWS', message, enveloped);
    expect(rejected).toEqual([]);
    expect(events.map(({ entity }) => entity)).toEqual(['host:dc01.acme.test']);
    expect(JSON.parse(String(events[0]?.native))).toMatchObject({
      Message: expect.stringContaining('ComputerName=victim') as string,
    });
    expect(events[0]?.ocsf.classUid).not.toBe(3002);
  });

  const facts = { query: new URLSearchParams(), contentType: 'text/plain' };
  const lines = (events: Buffer[]): Buffer => Buffer.from(events.map(String).join('\n'));
  it.each<[string, string, Buffer, boolean]>([
    ['a script', 'lines', Buffer.from(script), false],
    ['a command line', 'lines', Buffer.from(command), false],
    ['a script', 'a body', lines(ndjson.read(Buffer.from(script), facts).events), false],
    ['a script', 'a raw body by HEC', lines(hecRaw.read(Buffer.from(script), facts).events), true],
  ])('has no host that is believed where many stand behind each other: %s, %s', (_what, _way, message, enveloped) => {
    const { events } = readMessage('WINDOWS', message, enveloped);
    expect(events.map(({ entity }) => entity)).toEqual(['host:dc01.acme.test', 'user:ada']);
    expect(events[1]?.observables).not.toContainEqual({ kind: 'hostname', value: 'victim' });
    expect(JSON.parse(String(events[1]?.native))).toMatchObject({ NotBelievedComputerName: 'victim' });
  });
});
