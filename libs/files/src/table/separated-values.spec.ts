import { cpuClock } from '#libs/testing';
import { SeparatedValues } from './separated-values.js';
import type { TableRow } from './table.js';

const told = (rows: TableRow[]): unknown[] =>
  rows.map((row) => ('json' in row ? JSON.parse(String(row.json)) : `${row.problem.code}: ${String(row.bytes)}`));
const read = (text: string | Buffer): unknown[] => told(new SeparatedValues().take(Buffer.from(text), true));
/** The same in parts of so many bytes. */
const inParts = (text: string, size: number): unknown[] => {
  const [reader, bytes] = [new SeparatedValues(), Buffer.from(text)];
  const rows: TableRow[] = [];
  for (let from = 0; from < bytes.length; from += size)
    rows.push(...reader.take(bytes.subarray(from, from + size), false));
  return told([...rows, ...reader.take(Buffer.alloc(0), true)]);
};

const EXAMPLES: [what: string, text: string, events: unknown[]][] = [
  ['commas', 'a,b\n1,2\n', [{ a: '1', b: '2' }]],
  ['semicolons', 'a;b\n1,5;2\n', [{ a: '1,5', b: '2' }]],
  ['tabs', 'a\tb\n1\t2', [{ a: '1', b: '2' }]],
  ['what Excel says separates', 'sep=;\r\na;b\r\n1;2\r\n', [{ a: '1', b: '2' }]],
  ['a byte order mark', '\ufeff"a","b"\r\n"1","2"\r\n', [{ a: '1', b: '2' }]],
  [
    'quotes and line breaks in quotes',
    'a,b\r\n"say ""hi"", twice","x\r\ny"\r\n',
    [{ a: 'say "hi", twice', b: 'x\r\ny' }],
  ],
  ['quotes inside of a value', 'a,b\n5" disk,2\n', [{ a: '5" disk', b: '2' }]],
  ['a separator in the header, quoted', '"a, b";c\n1;2\n', [{ 'a, b': '1', c: '2' }]],
  ['names that stand twice, or nowhere', 'a,a,,b \n1,2,3,4\n', [{ a: '1', a_2: '2', column_3: '3', b: '4' }]],
  ['what is no ASCII', 'né,b\nЖ,日本\n', [{ né: 'Ж', b: '日本' }]],
  [
    'empty values, rows and lines',
    'a,b,c\n1,,3\n,,\n\n\n4,"",6\n',
    [
      { a: '1', c: '3' },
      { a: '4', c: '6' },
    ],
  ],
  ['empty values beyond the header', 'a,b\n1,2,,\n', [{ a: '1', b: '2' }]],
  ['JSON in a value', 'a,AuditData\n1,"{""Id"":""x"",""n"":[1,2]}"\n', [{ a: '1', AuditData: '{"Id":"x","n":[1,2]}' }]],
  ['rows of another length', 'a,b\n1\n1,2,3\n4,5\n', ['RAGGED_ROW: 1', 'RAGGED_ROW: 1,2,3', { a: '4', b: '5' }]],
  [
    'a quote that does not close',
    'a,b\n1,"open\n2,3\n4,5\n',
    ['BAD_QUOTES: 1,"open', { a: '2', b: '3' }, { a: '4', b: '5' }],
  ],
  ['text behind a closing quote', 'a,b\n"x"y,2\n3,4\n', ['BAD_QUOTES: "x"y,2', { a: '3', b: '4' }]],
  ['a header whose quotes are wrong', 'a,"b\n1,2\n', ['NO_HEADER: a,"b', 'NO_HEADER: 1,2']],
  ['names that objects have', '__proto__,constructor\n1,2\n', [JSON.parse('{"__proto__":"1","constructor":"2"}')]],
  [
    "what Windows' Event Viewer saves, which does not name the last",
    'Level,Date and Time,Source,Event ID,Task Category\r\nError,11/28/2026 6:59:06 PM,SCM,7031,None,"It ended,\r\nagain."\r\n',
    [
      {
        Level: 'Error',
        'Date and Time': '11/28/2026 6:59:06 PM',
        Source: 'SCM',
        'Event ID': '7031',
        'Task Category': 'None',
        Message: 'It ended,\r\nagain.',
      },
    ],
  ],
  ['a header alone', 'a,b\n', []],
  ['nothing', '', []],
];

it.each(EXAMPLES)('%s', (_what, text, events) => expect(read(text)).toEqual(events));
it.each(EXAMPLES)('%s, in whatever parts they come', (_what, text, events) => {
  for (const size of [1, 3, 7]) expect(inParts(text, size)).toEqual(events);
});
it('a row that is not UTF-8 is none, and spoils no other', () =>
  expect(read(Buffer.from('a,b\nM\xfcller,2\n3,4\n', 'latin1'))).toEqual([
    expect.stringMatching(/^WRONG_ENCODING/),
    { a: '3', b: '4' },
  ]));
it('a row of more than 1 MiB is none', () =>
  expect(read(`a,b\n"${'x'.repeat(1024 * 1024)}",2\n3,4\n`)).toEqual([
    expect.stringMatching(/^TOO_LARGE/),
    { a: '3', b: '4' },
  ]));
it('quotes that never close cost no more than the rest of the file four times', () => {
  const rows = `x,"y\n`.repeat(50_000);
  const spentMs = cpuClock();
  expect(read(`a,b\n${rows}`).length).toBe(50_000);
  expect(spentMs()).toBeLessThan(10_000);
});
it('names that every row would say again are bounded, and so is what rows are made of', () => {
  expect(read(`a,${'n'.repeat(257)}\n1,2\n`)).toEqual([expect.stringMatching(/^NO_HEADER/), 'NO_HEADER: 1,2']);
  const made = new SeparatedValues().take(Buffer.from(`${'n'.repeat(256)}\n${'x\n'.repeat(300_000)}`), true);
  expect(made).toHaveLength(100_000);
  const last = made.at(-1);
  expect(last).toMatchObject({ problem: { code: 'TOO_MANY_EVENTS' } });
  // The header is a row, too.
  expect(last?.bytes).toHaveLength(2 * 200_001 - 1);
  const wide = Array.from({ length: 250 }, (_, at) => String(at).padEnd(256, 'n')).join();
  const rows = new SeparatedValues().take(Buffer.from(`${wide}\n${`${'x,'.repeat(249)}x\n`.repeat(2_000)}`), true);
  const made32 = rows.reduce((sum, row) => sum + ('json' in row ? row.json.length : 0), 0);
  expect([rows.length, made32 < 33 * 1024 * 1024]).toEqual([2_000, true]);
  expect(rows.at(-1)).toMatchObject({ problem: { code: 'TOO_MANY_EVENTS' } });
});
