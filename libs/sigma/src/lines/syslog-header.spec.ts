import { growthOfText, LINEAR } from '#libs/measure';
import { readSyslogHeader } from './syslog-header.js';
import { momentOf } from './moment.js';

const RECEIVED = Date.UTC(2026, 10, 28, 19);

/** What a header says, and the message behind it. */
const read = (line: string) => {
  const header = readSyslogHeader(line);
  if (!header) return undefined;
  const { time, end, ...rest } = header;
  const moment = time && momentOf(time, RECEIVED);
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...said,
    ...(moment ? { at: new Date(moment.at).toISOString(), ...(moment.isAssumed ? { assumed: true } : {}) } : {}),
    text: line.slice(end),
  };
};

const AT = '2026-11-28T05:00:01.500Z';
const whole = { priority: 38, host: 'web1', app: 'sshd', pid: '5', at: AT };

describe('a header of RFC 5424', () => {
  const start = '<38>1 2026-11-28T05:00:01.5Z web1 sshd 5 ';
  it.each<[string, string, object]>([
    ['without structured data', `${start}ID47 - text`, { ...whole, messageId: 'ID47', text: 'text' }],
    ['whose structured data is left out', `${start}- text of it`, { ...whole, text: 'text of it' }],
    ['without a message', `${start}- -`, { ...whole, text: '' }],
    [
      'without a message behind structured data',
      `${start}- [a@1 b="c"]`,
      { ...whole, structured: { 'a@1': { b: 'c' } }, text: '' },
    ],
    ['with a byte order mark', `${start}- - \ufefftext`, { ...whole, text: 'text' }],
    ['with a blank message', `${start}- -  text`, { ...whole, text: ' text' }],
    [
      'with escapes and brackets in its values',
      `${start}- [a@1 tenant="1" path="1\\\\2" q="a\\"b]c\\]d" r="\\n" e=""] text`,
      { ...whole, structured: { 'a@1': { tenant: '1', path: '1\\2', q: 'a"b]c]d', r: '\\n', e: '' } }, text: 'text' },
    ],
    [
      'with several elements, one empty',
      `${start}- [a@1 b="c"][origin ip="192.0.2.1" ip="192.0.2.2"][empty] [not="one"]`,
      { ...whole, structured: { 'a@1': { b: 'c' }, origin: { ip: '192.0.2.1' }, empty: {} }, text: '[not="one"]' },
    ],
    [
      'with names of prototypes',
      `${start}- [__proto__ constructor="x"] t`,
      { ...whole, structured: JSON.parse('{"__proto__":{"constructor":"x"}}') as object, text: 't' },
    ],
    ['whose message begins with a bracket', `${start}- [12345.6 usb] new`, { ...whole, text: '[12345.6 usb] new' }],
    ['whose structured data never closes', `${start}- [a@1 b="c] text`, { ...whole, text: '[a@1 b="c] text' }],
    [
      'with a brace in its data',
      `${start}- [a@1 b="{"] {"c":1}`,
      { ...whole, structured: { 'a@1': { b: '{' } }, text: '{"c":1}' },
    ],
    [
      'without priority',
      '1 2026-11-28T05:00:01.5Z web1 sshd 5 - - text',
      { host: 'web1', app: 'sshd', pid: '5', at: AT, text: 'text' },
    ],
    [
      'with nothing between the host and a record of CEF',
      '<38>1 2026-11-28T05:00:01.5Z web1 CEF:0|V|P|1|100|some long name of it|5|a=1',
      { priority: 38, host: 'web1', at: AT, text: 'CEF:0|V|P|1|100|some long name of it|5|a=1' },
    ],
    [
      'with nothing between the host and a record of LEEF',
      '<38>1 2026-11-28T05:00:01.5Z web1 LEEF:2.0|V|P|1|ID|^|a=1^b=c d e f',
      { priority: 38, host: 'web1', at: AT, text: 'LEEF:2.0|V|P|1|ID|^|a=1^b=c d e f' },
    ],
    ['that says nothing', '<38>1 - - - - - - text', { priority: 38, text: 'text' }],
    [
      'with a time of another zone',
      '<38>1 2026-11-28T06:00:01.500000+01:00 web1 sshd 5 - - t',
      { ...whole, text: 't' },
    ],
    [
      'with a time without zone',
      '<38>1 2026-11-28T05:00:01.5 web1 sshd 5 - - t',
      { ...whole, assumed: true, text: 't' },
    ],
    [
      'with a time that cannot be',
      '<38>1 2026-02-30T05:00:01Z web1 sshd 5 - - t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', text: 't' },
    ],
    [
      'in which the message has one of its own',
      `${start}- - <38>1 2020-01-01T00:00:00Z evil su 1 - - x`,
      { ...whole, text: '<38>1 2020-01-01T00:00:00Z evil su 1 - - x' },
    ],
  ])('%s', (_, line, expected) => {
    expect(read(line)).toEqual(expected);
  });
});

describe('a header of RFC 3164', () => {
  const [at, said] = ['2026-11-28T05:00:01.000Z', { host: 'web1', app: 'sshd', pid: '5', assumed: true }];
  it.each<[string, string, object | undefined]>([
    ['with all its parts', '<38>Nov 28 05:00:01 web1 sshd[5]: text', { priority: 38, ...said, at, text: 'text' }],
    ['without priority', 'Nov 28 05:00:01 web1 sshd[5]: text', { ...said, at, text: 'text' }],
    [
      'of a day of one digit',
      '<38>Nov  8 05:00:01 web1 sshd[5]: t',
      { priority: 38, ...said, at: '2026-11-08T05:00:01.000Z', text: 't' },
    ],
    [
      'of a month that is still to come',
      '<38>Dec 31 23:59:59 web1 sshd[5]: t',
      { priority: 38, ...said, at: '2025-12-31T23:59:59.000Z', text: 't' },
    ],
    [
      'of a day that no year near has',
      '<38>Feb 29 05:00:01 web1 sshd[5]: t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', text: 't' },
    ],
    [
      'of 30 February',
      '<38>Feb 30 05:00:01 web1 sshd[5]: t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', text: 't' },
    ],
    [
      'written east of here',
      '<38>Nov 28 20:00:01 web1 sshd[5]: t',
      { priority: 38, ...said, at: '2026-11-28T19:00:01.000Z', text: 't' },
    ],
    ['with a year', '<38>Nov 28 2026 05:00:01 web1 sshd[5]: t', { priority: 38, ...said, at, text: 't' }],
    [
      'with year and zone',
      '<38>Nov 28 2026 05:00:01.000 UTC web1 sshd[5]: t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', at, text: 't' },
    ],
    [
      'without host',
      '<38>Nov 28 05:00:01 sshd[5]: text',
      { priority: 38, app: 'sshd', pid: '5', assumed: true, at, text: 'text' },
    ],
    [
      'without tag',
      '<189>Nov 28 05:00:01 fw CEF:0|V|P|1|D|E|9|src=1',
      { priority: 189, host: 'fw', assumed: true, at, text: 'CEF:0|V|P|1|D|E|9|src=1' },
    ],
    ['without both', '<189>Nov 28 05:00:01 CEF:0|V|P', { priority: 189, assumed: true, at, text: 'CEF:0|V|P' }],
    [
      'that was forwarded',
      '<38>Nov 28 05:00:01 Message forwarded from web1: sshd[5]: t',
      { priority: 38, ...said, at, text: 't' },
    ],
    [
      'that repeats',
      'Nov 28 05:00:01 last message repeated 3 times',
      { assumed: true, at, text: 'last message repeated 3 times' },
    ],
    [
      'with an ISO time',
      '<38>2026-11-28T06:00:01+01:00 web1 sshd[5]: t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', at, text: 't' },
    ],
    [
      'with an ISO time alone',
      '2026-11-28T05:00:01Z web1 sshd[5]: t',
      { host: 'web1', app: 'sshd', pid: '5', at, text: 't' },
    ],
    [
      'of Cisco',
      '<189>123: rtr1: *Nov 28 2026 05:00:01.000 UTC: %SYS-5-CONFIG_I: t',
      { priority: 189, host: 'rtr1', app: '%SYS-5-CONFIG_I', at, text: 't' },
    ],
    [
      "of Cisco's ASA",
      '<166>Nov 28 2026 05:00:01 fw : %ASA-6-302013: t',
      { priority: 166, host: 'fw', app: '%ASA-6-302013', assumed: true, at, text: 't' },
    ],
    [
      "of Cisco's ASA without a host",
      '<166>:Nov 28 05:00:01 UTC: %ASA-6-302013: t',
      { priority: 166, app: '%ASA-6-302013', assumed: true, at, text: 't' },
    ],
    [
      'of Meraki',
      '<134>1 1795842001.0 MX84 flows src=192.0.2.1',
      { priority: 134, host: 'MX84', at, text: 'flows src=192.0.2.1' },
    ],
    [
      'of Meraki in milliseconds',
      '<134>1 1795842001000 MX84 security_event a=b',
      { priority: 134, host: 'MX84', at, text: 'security_event a=b' },
    ],
    [
      'with the name of a zone',
      'Nov 28 06:00:01 CET web1 sshd[5]: t',
      { host: 'web1', app: 'sshd', pid: '5', assumed: true, at, text: 't' },
    ],
    [
      'with a year and the name of a zone',
      '<38>Nov 28 2026 00:00:01 EST web1 sshd[5]: t',
      { priority: 38, host: 'web1', app: 'sshd', pid: '5', at, text: 't' },
    ],
    [
      "of Cisco's without a priority",
      '45: *Nov 28 05:00:01.000 UTC: %SYS-5-RESTART: t',
      { app: '%SYS-5-RESTART', assumed: true, at, text: 't' },
    ],
    [
      'of F5',
      '<111>Nov 28 05:00:01 slot1/f5 notice sshd[5]: t',
      { priority: 111, host: 'f5', app: 'sshd', pid: '5', assumed: true, at, text: 't' },
    ],
    [
      "of F5's rules",
      '<111>2026-11-28T05:00:01Z f5,f5_irule=x,src_ip=192.0.2.1',
      { priority: 111, host: 'f5', at, text: ',f5_irule=x,src_ip=192.0.2.1' },
    ],
    ["of Squid's own log", '1795842001.123    200 10.1.2.3 TCP_MISS/200 5 GET http://h.test/ - NONE/- -', undefined],
    ['of a priority alone', '<38>{"a":1}', { priority: 38, text: '{"a":1}' }],
    ['of no priority', '<192>Nov 28 05:00:01 web1 sshd[5]: t', undefined],
    ['of an application log', '2026-11-28 05:00:01 ERROR login failed', undefined],
    ['of an application log in ISO', '2026-11-28T05:00:01Z ERROR login failed', { at, text: 'ERROR login failed' }],
    ['of no month', 'Abc 28 05:00:01 web1 sshd[5]: t', undefined],
    ['of text', 'hello: world', undefined],
    ['of nothing', '', undefined],
  ])('%s', (_, line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['at the turn of the year', 'Dec 31 23:20:00', '2026-12-31T23:20:00.000Z'],
    ['in the year that has begun where it was written', 'Jan  1 00:30:00', '2026-12-31T23:30:00.000Z'],
    ['the day before', 'Dec 30 12:00:00', '2026-12-30T12:00:00.000Z'],
  ])('is read %s', (_, written, expected) => {
    const time = readSyslogHeader(`<1>${written} h a: t`)?.time;
    const moment = time && momentOf(time, Date.UTC(2026, 11, 31, 23, 30));
    expect(new Date(moment?.at ?? 0).toISOString().slice(0, 16)).toBe(expected.slice(0, 16));
  });
});

it.each([
  '<13>1 - - - - - [a b="',
  '[a b="c"]',
  '<1>',
  '\\"',
  ' ',
  'Nov 28 05:00:01 ',
  '1 2026-11-28T05:00:01Z ',
  'a: ',
  'a : ',
  'Message forwarded from a: ',
  '\\\\',
])('costs time in proportion to the line: %s', (part) => {
  const begins = ['<13>1 - - - - - [a b="', '<13>Nov 28 05:00:01 ', ''];
  for (const begin of begins) expect(growthOfText(readSyslogHeader, part, { begin })).toBeLessThan(LINEAR);
});

it.each<[string, object]>([
  ['<86>sshd[1]: text', { priority: 86, app: 'sshd', pid: '1', text: 'text' }],
  ['<86>sshd: text', { priority: 86, text: 'sshd: text' }],
  ['<86>%ASA-6-302013: Built', { priority: 86, text: '%ASA-6-302013: Built' }],
])('a tag without a time is known by its number: %s', (line, expected) => expect(read(line)).toEqual(expected));

it.each<[string, object]>([
  ['<46>Nov 28 05:00:02 relay1 <38>1 2026-11-28T05:00:01.5Z web1 sshd 5 - - text', { relay: 'relay1' }],
  ['<46>1 2026-11-28T05:00:02Z relay1 - - - - <38>1 2026-11-28T05:00:01.5Z web1 sshd 5 - - text', { relay: 'relay1' }],
  [
    '<46>Nov 28 05:00:03 relay2 <46>Nov 28 05:00:02 relay1 <38>1 2026-11-28T05:00:01.5Z web1 sshd 5 - - text',
    { relay: 'relay2' },
  ],
])('a header behind that of a relay is the line’s own: %s', (line, { relay }: { relay?: string }) =>
  expect(read(line)).toMatchObject({ ...whole, text: 'text', relay: { host: relay } }),
);
