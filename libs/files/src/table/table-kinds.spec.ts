import { RowCutter } from './cut-rows.js';
import { isSeparatedValues, namedTable } from './table-kinds.js';

it.each([
  ['a header and a row', 'Time,User,Event ID\n2026-11-28T10:00:00Z,ada,4625\n'],
  ['quoted, with a byte order mark', '\ufeff"Date (UTC)","Request ID","User"\r\n"2026-11-28","1-2","ada"\r\n'],
  [
    "Event Viewer's",
    'Keywords,Date and Time,Source,Event ID,Task Category\nAudit Success,1/2/2026 6:59:05 PM,A,4624,Logon,Text.\n',
  ],
  ['semicolons', 'Time;Source\n10:00;10.0.0.1\n'],
])('%s are separated values', (_what, text) => expect(isSeparatedValues(Buffer.from(text))).toBe(true));

it.each([
  ['a row without a header', '2026-11-28T10:00:00Z,ada,4625\n2026-11-28T10:00:01Z,ada,4624\n'],
  ['words, which may be rows as well', 'ada,login,success\nbob,login,failure\n'],
  ['a header alone', 'Time,User\n'],
  ['a name twice', 'User,User\n1,2\n'],
  ['rows of another length', 'Time,User\n1,2,3\n'],
  ['a sentence', 'Nov 28 10:00:00 web1 sshd[5]: Accepted, at last\n10,20\n'],
  ['lines of a log', 'Nov 28 10:00:00 web1 su: a, b\nNov 28 10:00:01 web1 su: a, 10.0.0.1\n'],
  ['one column', 'User\n1\n'],
  ['JSON', '{"a":1,"b":2}\n{"a":1,"b":2}\n'],
])('%s are not taken for any', (_what, text) => expect(isSeparatedValues(Buffer.from(text))).toBe(false));

it.each([
  ['with its first line', '#separator \\x09\n#fields\ta\n', true],
  ['behind a comment', '### Baseline\n#separator \\x09\n', true],
  ['of IIS', '#Software: IIS\n#Fields: date time\n', false],
  ['of a shell', '# a comment\nls\n', false],
])('a log %s', (_what, text, expected) => expect(namedTable(Buffer.from(text)) !== undefined).toBe(expected));

it('is told by two rows, however many blank lines follow', () => {
  const cut = new RowCutter(',', 2).take(Buffer.from(`a,b\n1,2\n${'\n'.repeat(1_000)}`), true);
  expect(cut.map(({ cells, isRest }) => cells ?? isRest)).toEqual([['a', 'b'], ['1', '2'], true]);
});
