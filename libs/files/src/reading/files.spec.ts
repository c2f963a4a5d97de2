import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipOf } from '../../test/zip.js';
import { partsOf } from './files.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vigie-files-spec-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const read = async (source: string | Buffer): Promise<string[]> => {
  const found: string[] = [];
  for await (const part of partsOf(source))
    found.push(
      'event' in part ? part.event.toString('utf8') : `${part.lost.code} ${String(part.lost.bytes ?? '')}`.trim(),
    );
  return found;
};
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};

const A = '{"a":1}';
const B = '{"b":"x\\ny"}';
const PRETTY = JSON.stringify([{ a: 1 }, { b: [{ c: 2 }] }], null, 2);
const CSV = 'time,user\r\n10:00,ada\r\n';
const ZEEK = '#separator \\x09\n#path\tdns\n#fields\tts\tquery\n#types\ttime\tstring\n1.5\ta.test\n#close\tx\n';
const IIS = '#Software: IIS\r\n#Fields: date c-ip\r\n2026-11-28 192.0.2.7\r\n';
const XML =
  '<?xml version="1.0"?>\n<Events>\n<Event xmlns="u"><System>\n<EventID>1</EventID></System></Event>\n<Event/>x</Event></Events>';

const KINDS: [what: string, name: string, content: string | Buffer, parts: string[]][] = [
  ['lines of JSON', 'a.jsonl', `${A}\n${B}\r\n\n`, [A, B]],
  ['lines of JSON with a byte order mark', 'a.json', `\ufeff${A}\n${B}`, [A, B]],
  ['values on one line', 'a.json', `${A}${B} ${A}`, [A, B, A]],
  [
    'an array, pretty-printed',
    'a.json',
    PRETTY,
    ['{     "a": 1   }', '{     "b": [       {         "c": 2       }     ]   }'],
  ],
  ['an array a line', 'a.json', `[${A},${B}]\n[${A}]\n`, [A, B, A]],
  ['an object, pretty-printed', 'a.json', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n', ['{   "a": 1 }', '{   "a": 2 }']],
  ['an envelope', 'a.json', `{"Records":[${A},${A}],"next":"x"}`, [`{"Records":[${A},${A}],"next":"x"}`]],
  [
    'JSON with a line that is none, and one that is cut',
    'a.jsonl',
    `${A}\nnone\n{"a":\n${A}\n{"a`,
    [A, 'none', '{"a":', A, '{"a'],
  ],
  ['lines of text', 'a.log', 'one {"a":1}\n\ntwo\r\n', ['one {"a":1}', 'two']],
  ['lines that begin with brackets', 'a.log', '[2026-11-28] up\n{x} down\n', ['[2026-11-28] up', '{x} down']],
  ['separated values', 'export.csv', CSV, ['{"time":"10:00","user":"ada"}']],
  ['separated values by another name', 'export.txt', CSV, ['{"time":"10:00","user":"ada"}']],
  ['separated values with a bad row', 'a.csv', `${CSV}1\n`, ['{"time":"10:00","user":"ada"}', 'RAGGED_ROW 1']],
  ['a log of Zeek as TSV', 'dns.log', ZEEK, ['{"_path":"dns","ts":1.5,"query":"a.test"}']],
  ['a log of IIS', 'u_ex.log', IIS, [JSON.stringify({ message: '2026-11-28 192.0.2.7', '#Fields': 'date c-ip' })]],
  [
    'events of Windows as XML',
    'a.xml',
    XML,
    ['<Event xmlns="u"><System>\n<EventID>1</EventID></System></Event>', 'NOT_XML \n<Event/>x</Event>'],
  ],
  ['separated values of an old Mac', 'a.csv', CSV.replaceAll('\r\n', '\r'), ['{"time":"10:00","user":"ada"}']],
  [
    'the same as UTF-16',
    'a.csv',
    Buffer.from(`\ufeff${CSV.replaceAll('\n', '')}`, 'utf16le'),
    ['{"time":"10:00","user":"ada"}'],
  ],
  ['lines of an old Mac', 'a.log', 'one\r\rtwo\rthree', ['one', 'two', 'three']],
  ['lines of JSON of an old Mac', 'a.json', `${A}\r${B}\r`, [A, B]],
  ['a line with a return', 'a.log', 'one\r', ['one']],
  ['UTF-16', 'a.csv', Buffer.from(`\ufeff${CSV}`, 'utf16le'), ['{"time":"10:00","user":"ada"}']],
  ['Latin-1', 'a.log', Buffer.from('Müller\n', 'latin1'), ['M\ufffdller']],
  ['gzip', 'a.jsonl.gz', gzipSync(`${A}\n${B}\n`), [A, B]],
  ['several of gzip in one file', 'a.gz', Buffer.concat([gzipSync(`${A}\n`), gzipSync(`${B}\n`)]), [A, B]],
  ['zip', 'a.zip', zipOf({ 'x/a.json': A, 'b.csv': CSV }), [A, '{"time":"10:00","user":"ada"}']],
  ['zip in gzip', 'a.zip.gz', gzipSync(zipOf({ 'a.json': A })), [A]],
  ['gzip in zip', 'a.zip', zipOf({ 'a.json.gz': gzipSync(A) }), [A]],
  ['zip in zip', 'a.zip', zipOf({ 'b.zip': zipOf({ 'a.json': A }), 'c.json': B }), [A, B]],
  [
    'too many archives inside of each other',
    'a.zip',
    zipOf({ 'b.zip': zipOf({ 'c.gz': gzipSync(A) }), 'c.json': B }),
    ['NESTED_TOO_DEEP', B],
  ],
  ['another packing', 'a.xz', Buffer.from('fd377a585a000004', 'hex'), ['UNKNOWN_FILE']],
  [
    'gzip that breaks off',
    'a.gz',
    gzipSync(`${A}\n`.repeat(9)).subarray(0, -9),
    [...Array<string>(9).fill(A), 'BROKEN_FILE'],
  ],
  ['zip that is none', 'a.zip', Buffer.from('PK\u0003\u0004 and nothing'), ['BROKEN_FILE']],
  ['zip with bytes behind its end', 'a.zip', Buffer.concat([zipOf({ 'a.json': A }), Buffer.from('x')]), [A]],
  ['nothing', 'a.json', '', []],
];

it.each(KINDS)('%s', async (_what, name, content, parts) => expect(await read(file(name, content))).toEqual(parts));
it('bytes are read as a file is', async () => expect(await read(Buffer.from(`${A}\n${B}`))).toEqual([A, B]));

it('a bad file of an archive spoils no other', async () => {
  const zip = zipOf({ 'a.json': A, 'b.json': B.repeat(50), 'c.json': A });
  // The bytes of the second one, which is stored as it is.
  zip.fill(0, zip.indexOf('{"b"'), zip.indexOf('{"b"') + 20);
  const parts = await read(file('a.zip', zip));
  expect([parts.at(0), parts.at(-1)]).toEqual([A, A]);
});

it('a folder is read whole, by name; hidden files and empty ones say nothing', async () => {
  mkdirSync(join(dir, 'sub'));
  file('b.json', B);
  file('a.json', A);
  file('.hidden', A);
  file('sub/c.csv', CSV);
  expect(await read(dir)).toEqual([A, B, '{"time":"10:00","user":"ada"}']);
});

it('there must be such a file', () => expect(read(join(dir, 'none'))).rejects.toMatchObject({ code: 'NO_FILE' }));

it('a large envelope is opened, and an array of any length is read element by element', async () => {
  const many = Array.from({ length: 30_000 }, (_, at) => `{"eventName":"n${at}","pad":"${'x'.repeat(30)}"}`);
  const expected = many.length;
  expect(await read(file('a.json', `{"Records":[${many.join()}]}`))).toHaveLength(expected);
  expect(
    await read(file('b.json', `{"@odata.context": "u", "value": [\n${many.join(',\n')}\n], "next": "y"}`)),
  ).toHaveLength(expected);
  expect(await read(file('c.json', `[${many.join()}]`))).toHaveLength(expected);
});

it('a file of many lines takes no more memory than some MiB', async () => {
  const path = file('long.csv', `time,user,text\n${`10:00,ada,"${'x'.repeat(200)}"\n`.repeat(150_000)}`);
  let [count, most] = [0, 0];
  global.gc?.();
  const before = process.memoryUsage().rss;
  for await (const part of partsOf(path)) {
    count += 'event' in part ? 1 : 0;
    if (count % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss - before);
  }
  expect(count).toBe(150_000);
  expect(most).toBeLessThan(150 * 1024 * 1024);
});

it('what unpacks to far more than its size is not followed', async () => {
  const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024, `${'x'.repeat(999_999)}\n`));
  expect((await read(file('bomb.gz', bomb))).at(-1)).toBe('BROKEN_FILE');
});
