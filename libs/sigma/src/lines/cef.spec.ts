import { growthOfText, LINEAR } from '#libs/measure';
import { cefOf } from './cef.js';

const of = (extension: string): Record<string, unknown> => ({ ...cefOf(`CEF:0|V|P|1|100|n|5|${extension}`) });

describe('a record in the Common Event Format', () => {
  it('has its header as the device means it', () =>
    expect(cefOf('<189>Nov 28 10:00:00 fw CEF:1|Vend|Prod\\|uct|7|op1\\|op2|Name\\\\x|5|src=10.1.2.3 msg=a|b')).toEqual(
      {
        deviceVendor: 'Vend',
        deviceProduct: 'Prod|uct',
        deviceVersion: '7',
        signatureId: 'op1|op2',
        name: 'Name\\x',
        severity: '5',
        src: '10.1.2.3',
        msg: 'a|b',
      },
    ));

  it.each<[string, string, Record<string, unknown>]>([
    ['escaped equals signs', 'cs1=x\\=y z\\=1 dst=203.0.113.9', { cs1: 'x=y z=1', dst: '203.0.113.9', z: undefined }],
    ['line breaks', 'msg=one\\ntwo\\r\\nthree act=deny', { msg: 'one\ntwo\r\nthree', act: 'deny' }],
    [
      'backslashes',
      'filePath=C:\\\\Tmp\\\\a.exe act=blocked a \\\\ dst=1.1.1.1',
      {
        filePath: 'C:\\Tmp\\a.exe',
        act: 'blocked a \\',
      },
    ],
    ['backslashes before an n', 'msg=C:\\\\new', { msg: 'C:\\new' }],
    [
      'backslashes that nobody escaped, in names',
      'suser=ACME\\nina filePath=C:\\new\\a',
      {
        suser: 'ACME\\nina',
        filePath: 'C:\\new\\a',
      },
    ],
    ['bars', 'msg=a|b \\| c', { msg: 'a|b | c' }],
    [
      'an address with a query',
      'request=http://h.test/?a=b&c\\=d in=5',
      { request: 'http://h.test/?a=b&c=d', in: '5' },
    ],
    ['a lonely quote', 'requestClientApplication=Mo"zilla src=10.1.2.3', { src: '10.1.2.3' }],
    ['quotes around it', 'act="Logon" suser="a b"', { act: 'Logon', suser: 'a b' }],
    ['JSON', 'act=deny httpTrans={"http_req": {"body_len": 0}}', { httpTrans: '{"http_req": {"body_len": 0}}' }],
    ['nothing', 'dvc= shost=10.0.0.1 dhost=', { shost: '10.0.0.1', dvc: undefined, dhost: undefined }],
    ['two of one name', 'src=10.1.2.3 msg=a src=10.9.9.9', { src: '10.1.2.3' }],
    ['another charset', 'suser=Zoë msg=日本語 テスト', { suser: 'Zoë', msg: '日本語 テスト' }],
    ['names of the header', 'name=x severity=0 deviceVendor=Other', { name: 'n', severity: '5', deviceVendor: 'V' }],
    [
      'names of ours',
      'derived.time=2020-01-01T00:00:00Z derived.server=dc01',
      {
        'derived.time': undefined,
        'derived.server': undefined,
      },
    ],
    ['names with dots and brackets', 'ad.field[1]=a ad.x-y=b', { 'ad.field[1]': 'a', 'ad.x-y': 'b' }],
  ])('undoes what its extension escapes, and nothing else ends a value: %s', (_, extension, fields) => {
    const read = of(extension);
    for (const [name, value] of Object.entries(fields)) expect([name, read[name]]).toEqual([name, value]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['cs1Label=Rule Name cs1=Block all', { 'Rule Name': 'Block all', cs1: 'Block all' }],
    ['cs1=Block all cs1Label=Rule Name', { 'Rule Name': 'Block all' }],
    ['deviceCustomDate1=1 deviceCustomDate1Label=Seen flexString1=b flexString1Label=Flex', { Seen: '1', Flex: 'b' }],
    ['cs1Label=Empty cs1=', { Empty: undefined }],
    ['cs1Label=src cs1=10.9.9.9 src=10.1.2.3', { src: '10.1.2.3' }],
    ['cs1Label=src_ip cs1=10.9.9.9 src=10.1.2.3', { src_ip: undefined }],
    ['cs1Label=derived.server cs1=dc01', { 'derived.server': undefined }],
  ])('calls a value as its label does: %s', (extension, fields) => {
    const read = of(extension);
    for (const [name, value] of Object.entries(fields)) expect([name, read[name]]).toEqual([name, value]);
  });

  it.each([
    ['rt=1795843682123', '2026-11-28T05:28:02.123Z'],
    ['rt=1795843682', '2026-11-28T05:28:02.000Z'],
    ['rt=Sep 07 2026 14:50:39', '2026-09-07T14:50:39'],
    ['rt=Sep 07 2026 14:50:39.250', '2026-09-07T14:50:39.250'],
    ['rt=Sep 07 2026 14:50:39.250 UTC', '2026-09-07T14:50:39.250+00:00'],
    ['rt=Sep 7 2026 14:50:39 EST', '2026-09-07T14:50:39-05:00'],
    ['rt=Sep 07 2026 14:50:39 GMT+02:00', '2026-09-07T14:50:39+02:00'],
    ['rt=2026-09-07T14:50:39.25+0200', '2026-09-07T14:50:39.25+02:00'],
    ['rt=never end=Sep 07 2026 14:50:39', '2026-09-07T14:50:39'],
    ['start=1795843682123', '2026-11-28T05:28:02.123Z'],
    ['rt=Sep 07 2026 14:50:39 XYZT', undefined],
    ['rt=', undefined],
    ['rt=Sep 07 14:50:39', undefined],
  ])('was written at the time it says in any form: %s', (extension, time) =>
    expect(of(extension)['derived.time']).toBe(time),
  );

  it.each([
    ['rt=Sep 07 14:50:39', 'Sep 07 14:50:39'],
    ['rt=Sep  7 14:50:39.250 UTC act=a', 'Sep  7 14:50:39.250 UTC'],
    ['rt=Sep 07 2026 14:50:39', undefined],
    ['rt=soon', undefined],
    ['derived.yearless=Sep 07 14:50:39', undefined],
  ])('keeps a time without a year as it is: %s', (extension, time) =>
    expect(of(extension)['derived.yearless']).toBe(time),
  );

  it.each([
    ['', 'CEF:0|V|P|1|100|n|5|act=a'],
    ['a priority', '<134>CEF:0|V|P|1|100|n|5|act=a'],
    ['RFC 3164', '<134>Nov 28 10:00:00 fw CEF:0|V|P|1|100|n|5|act=a'],
    ['RFC 3164 with a program', '<134>Nov 28 10:00:00 fw cef[12]: CEF:0|V|P|1|100|n|5|act=a'],
    ['RFC 3164 with the form as its program', '<134>Nov 28 10:00:00 fw CEF: CEF:0|V|P|1|100|n|5|act=a'],
    ['RFC 3164 with a year', '<134>Nov 28 2026 10:00:00 fw CEF:0|V|P|1|100|n|5|act=a'],
    ['a time as ISO writes it', '2026-11-28T10:00:00.000Z fw CEF:0|V|P|1|100|n|5|act=a'],
    ['RFC 5424', '<134>1 2026-11-28T10:00:00Z fw app 12 - - CEF:0|V|P|1|100|n|5|act=a'],
    [
      'RFC 5424 with elements',
      '<134>1 2026-11-28T10:00:00Z fw app - id [a@1 b="c ] d"][e@1 f="g"] CEF:0|V|P|1|100|n|5|act=a',
    ],
    ['RFC 5424 with less than that', '<134>1 2026-11-28T10:00:00Z fw CEF:0|V|P|1|100|n|5|act=a'],
    ['a host alone', 'fw CEF:0|V|P|1|100|n|5|act=a'],
    ['a blank behind its name', 'CEF: 0|V|P|1|100|n|5|act=a'],
  ])('is read behind a header: %s', (_, line) => expect(cefOf(line)).toMatchObject({ act: 'a', deviceVendor: 'V' }));

  it.each([
    'CEF:0|V|P|1|100|n|5',
    'CEF:0|a|b',
    'CEF:x|V|P|1|100|n|5|act=a',
    'Nov 28 10:00:00 fw sshd[1]: Failed password for CEF:0|V|P|1|100|n|5|src=10.0.0.1',
    '<134>1 2026-11-28T10:00:00Z fw app - - - user wrote CEF:0|V|P|1|100|n|5|src=10.0.0.1',
    '192.0.2.7 - - "GET /CEF:0|V|P|1|100|n|5|src=10.0.0.1"',
  ])('is not what somebody wrote into the text of another program: %s', (line) => expect(cefOf(line)).toBeUndefined());

  it.each([
    ['names', 'a=1 ', '', ''],
    ['backslashes', '\\', 'msg=', ''],
    ['blanks', ' ', 'msg=', 'a'],
    ['letters', 'a', '', ''],
  ])('costs time in proportion to the record: %s', (_, part, begin, end) =>
    expect(growthOfText(of, part, { begin, end })).toBeLessThan(LINEAR),
  );
});
