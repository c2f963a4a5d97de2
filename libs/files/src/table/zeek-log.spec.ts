import type { TableRow } from './table.js';
import { ZeekLog } from './zeek-log.js';

const HEADER = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tconn',
  '#open\t2026-11-28-10-00-00',
];
const log = (fields: string, types: string, ...lines: string[]): string =>
  [...HEADER, `#fields\t${fields}`, `#types\t${types}`, ...lines, '#close\t2026-11-28-11-00-00', ''].join('\n');
const rowsOf = (text: string): TableRow[] => new ZeekLog().take(Buffer.from(text), true);
const jsonOf = (text: string): unknown[] =>
  rowsOf(text).map((row) => ('json' in row ? String(row.json) : `${row.problem.code}: ${String(row.bytes)}`));

it('a line is what the JSON writer makes of it, digit for digit', () =>
  expect(
    jsonOf(
      log(
        'ts\tuid\tid.orig_h\tid.orig_p\tduration\torig_bytes\tlocal_orig\tservice\thistory',
        'time\tstring\taddr\tport\tinterval\tcount\tbool\tstring\tstring',
        '1591367999.305988\tCMdzit1AMNsmfAIiQc\t192.168.4.76\t36844\t0.066852\t18446744073709551615\tT\t-\t(empty)',
      ),
    ),
  ).toEqual([
    '{"_path":"conn","ts":1591367999.305988,"uid":"CMdzit1AMNsmfAIiQc","id.orig_h":"192.168.4.76","id.orig_p":36844,"duration":0.066852,"orig_bytes":18446744073709551615,"local_orig":true,"history":""}',
  ]));

it.each<[what: string, type: string, text: string, json: string]>([
  ['a set', 'set[string]', 'a,b', '["a","b"]'],
  ['a vector of intervals', 'vector[interval]', '0.000000,1.5', '[0.000000,1.5]'],
  ['an empty set', 'set[addr]', '(empty)', '[]'],
  ['what is unset in a vector', 'vector[string]', 'a,-', '["a",null]'],
  ['a comma in an element', 'vector[string]', 'a\\x2cb,c', '["a,b","c"]'],
  ['a tab and a backslash', 'string', 'a\\x09b\\\\c', '"a\\tb\\\\c"'],
  ['escaped UTF-8', 'string', 'caf\\xc3\\xa9', '"café"'],
  ['bytes that are no UTF-8', 'string', 'a\\xffb', '"a\\\\xffb"'],
  ['a number in a string', 'string', '007', '"007"'],
  ['what is no number', 'time', 'XXXXXXXXXX.XXXXXX', '"XXXXXXXXXX.XXXXXX"'],
  ['an enum', 'enum', 'Notice::ACTION_LOG', '"Notice::ACTION_LOG"'],
])('%s', (_what, type, text, json) =>
  expect(jsonOf(log('one', type, text))).toEqual([`{"_path":"conn","one":${json}}`]),
);

it('what is unset is no member, a line of another length is none, and another header may follow', () =>
  expect(jsonOf(`${log('a\tb', 'string\tstring', '-\tx', 'x')}${log('c', 'count', '7')}`)).toEqual([
    '{"_path":"conn","b":"x"}',
    'RAGGED_ROW: x',
    '{"_path":"conn","c":7}',
  ]));

it('other separators, and lines without a header', () =>
  expect([
    ...jsonOf(
      '#separator ,\n#set_separator,;\n#unset_field,~\n#path,dns\n#fields,a,b\n#types,set[count],string\n1;2,~\n',
    ),
    ...jsonOf('1\t2\n'),
  ]).toEqual(['{"_path":"dns","a":[1,2]}', 'NO_HEADER: 1\t2']));

it('comes in parts of any size', () => {
  const text = Buffer.from(log('a\tb', 'string\tcount', ...Array.from({ length: 50 }, (_, at) => `é${at}\t${at}`)));
  const [reader, rows]: [ZeekLog, TableRow[]] = [new ZeekLog(), []];
  for (let from = 0; from < text.length; from += 7) rows.push(...reader.take(text.subarray(from, from + 7), false));
  rows.push(...reader.take(Buffer.alloc(0), true));
  expect(rows).toEqual(rowsOf(String(text)));
  expect(rows).toHaveLength(50);
});

it('names that every line would say again are bounded, and so are lines', () => {
  expect(jsonOf(log('n'.repeat(257), 'string', 'x'))).toEqual(['NO_HEADER: x']);
  const rows = rowsOf(log('a', 'string', ...Array.from({ length: 100_005 }, () => 'x')));
  expect(rows).toHaveLength(100_001);
  expect(rows.at(-1)).toMatchObject({ problem: { code: 'TOO_MANY_EVENTS' } });
});
