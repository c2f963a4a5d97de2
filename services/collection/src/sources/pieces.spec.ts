import { cpuClock } from '#libs/testing';
import { piecesIn } from './pieces.js';
import type { MessageForm } from './source.js';

const BOM = '\ufeff';

/** JSON as it stands, text as a list of its lines. */
const cut = (text: string, form: MessageForm = {}): (string | string[])[] =>
  piecesIn(Buffer.from(text), form).map(({ bytes, json }) => (json ? String(json) : String(bytes).split('\n')));
const cutText = (text: string): (string | string[])[] => cut(text, { text: true });
const values = [String(JSON.stringify({ a: 1 })), String(JSON.stringify({ b: '}{"' }))] as const;
const [one, two] = values;
const pretty = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

describe('a message', () => {
  it.each<[string, string, string[]]>([
    ['JSON lines', `${one}\n${two}\r\n\n{"c":3}\n`, [one, two, '{"c":3}']],
    ['one object', ` ${one} `, [one]],
    ['one object over several lines', `${pretty(one)}\n`, [pretty(one)]],
    ['an array', '[{"a":1}, {"b":[1,2]},{"c":"x,]"}]', ['{"a":1}', '{"b":[1,2]}', '{"c":"x,]"}']],
    [
      'a pretty array',
      pretty(`[${one},${two}]`),
      [pretty(one), pretty(two)].map((text) => text.replaceAll('\n', '\n  ')),
    ],
    ['an empty array', '[]', []],
    ['nothing', ' \n ', []],
    ['a byte order mark alone', BOM, []],
    ['brackets and quotes in text', '{"a":"}\\"{"}\n{"b":"\\\\"}', ['{"a":"}\\"{"}', '{"b":"\\\\"}']],
    ['objects that follow each other', `${one}${two}`, [one, two]],
    ['objects with blanks between them', `${one} \t ${two}`, [one, two]],
    ['pretty objects that follow each other', `${pretty(one)}\n${pretty(two)}`, [pretty(one), pretty(two)]],
    ['pretty objects on each other', `${pretty(one)}${pretty(two)}`, [pretty(one), pretty(two)]],
    ['an array on each line', `[${one}]\n[${two}]`, [one, two]],
    ['arrays that follow each other', `[${one}][${two},${one}]`, [one, two, one]],
    ['arrays and objects', `[${one}]${two}\n${one}`, [one, two, one]],
    ['a byte order mark at the start', `${BOM}${one}\n${two}`, [one, two]],
    ['a byte order mark before a pretty array', BOM + pretty(`[${one}]`), [pretty(one).replaceAll('\n', '\n  ')]],
    ['a byte order mark at the start of a line', `${one}\n${BOM}${two}`, [one, two]],
    ['a byte order mark between objects', `${one}${BOM}${two}`, [one, two]],
    ['NUL as trailer', `${one}\0`, [one]],
    ['NUL and a line break as trailer', `${one}\0\n${two}\r\n\0`, [one, two]],
    ['NUL between objects', `${one}\0${two}\0`, [one, two]],
    ['sequences with separators (RFC 7464)', `\x1e${one}\n\x1e${two}\n`, [one, two]],
  ])('of %s is JSON, whatever the source takes', (_, text, events) => {
    expect(cut(text)).toEqual(events);
    expect(cutText(text)).toEqual(events);
    expect(piecesIn(Buffer.from(text), { text: true, isRaw: true }).map(({ bytes }) => String(bytes))).toEqual(events);
  });

  it.each<[string, string, string[]]>([
    ['wherever the key stands', '{"x":{"R":[9]},"n":1,"R":[{"a":1},{"b":2}]}', ['{"a":1}', '{"b":2}']],
    ['on each line', '{"R":[{"a":1}]}\n{"R":[{"b":2}]}', ['{"a":1}', '{"b":2}']],
    ['one after the other', '{"R":[{"a":1}]}{"R":[{"b":2},{"c":3}]}', ['{"a":1}', '{"b":2}', '{"c":3}']],
    ['pretty, one after the other', '{\n"R": [\n{"a":1}\n]\n}{\n"R":[{"b":2}]\n}', ['{"a":1}', '{"b":2}']],
    ['in an array', '[{"R":[{"a":1}]},{"R":[{"b":2}]}]', ['{"a":1}', '{"b":2}']],
    ['under the second key', '{"v":[{"a":1}]}', ['{"a":1}']],
    ['without the key', '{"a":1}', ['{"a":1}']],
    ['with something else under the key', '{"R":{"a":1}}', ['{"R":{"a":1}}']],
    ['with nothing in it', '{"R":[]}{"R":[{"a":1}]}', ['{"a":1}']],
  ])('gives the events of envelopes %s', (_, text, events) => {
    expect(cut(text, { under: ['R', 'v'] })).toEqual(events);
  });

  it.each<[string, string, string[]]>([
    ['a broken line', '{"a":1}\n{"b":\n{"c":3}', ['{"a":1}', '{"b":', '{"c":3}']],
    ['lines that close each other', '{"a":1\n{"b":2}}', ['{"a":1', '{"b":2}}']],
    ['a line that never closes', '{"a":"\n{"b":2}', ['{"a":"', '{"b":2}']],
    ['a second value that never closes', '{"a":1}{"b":', ['{"a":1}', '{"b":']],
    ['text behind a value', '{"a":1} text\n{"b":2}', ['{"a":1} text', '{"b":2}']],
    ['text', 'hello\nworld', ['hello', 'world']],
    ['values that are no objects', '[1,"x,]"]\n2', ['1', '"x,]"', '2']],
    [
      'a pretty object that is broken',
      '{\n "a": 1,\n "b": }\n{\n "c": 3\n}',
      ['{\n "a": 1,\n "b": }', '{\n "c": 3\n}'],
    ],
    ['a pretty object cut in the middle', '{\n  "a": 1,\n  "b"', ['{\n  "a": 1,\n  "b"']],
    ['a pretty array cut in the middle', '[\n  {\n  "a": 1\n  },\n  {"b":', ['{\n  "a": 1\n  }', '{"b":']],
  ])('keeps each part that is no JSON for its dead letter: %s', (_, text, events) => {
    expect(cut(text)).toEqual(events);
  });

  it.each<[string, string]>([
    ['brackets first', '[12345.6] usb 1-1: new device'],
    ['lists of words', '[Sat Nov 28 05:00:01 2026] [core:error] [pid 77:tid 12] AH00126: Invalid URI'],
    ['brackets alone', '[1] [2]'],
    ['a bracket that never closes', '[error'],
    ['a brace that never closes', '{ if'],
    ['JSON and text', '{"host":"dc1"} said the user'],
    ['values of which one is broken', '{"a":1}{b}'],
    ['an array of numbers', '[1,2]'],
    ['an end in braces', 'sudo: ada : COMMAND=/bin/sh -c id {}'],
    ['an end in JSON', 'sudo: ada : COMMAND=/bin/echo {"host":"dc1","EventID":4625}'],
    ['a brace and more behind it', 'sudo: ada : COMMAND=/usr/bin/find / -exec rm {} ;'],
    ['a header before text that ends in JSON', '<86>Nov 28 05:00:01 web1 sudo: ada : COMMAND=x {"host":"dc1"}'],
    ['a header before text that ends in braces', '<86>1 2026-11-28T05:00:01Z web1 sudo 5 - - ada : COMMAND=x {}'],
    ['a header before JSON and text', '<86>Nov 28 05:00:01 web1 app: {"a":1} {}x'],
    ['a header before several objects and text', '<86>Nov 28 05:00:01 web1 app: {"a":1} then {"b":2}'],
    ['a header before a list of words', '<86>Nov 28 05:00:01 web1 app: [error]'],
  ])('is text, and the lines after it are what they are: %s', (_, line) => {
    expect(cutText(line)).toEqual([[line]]);
    expect(cutText(`${line}\nnext line\n{"a":1}\n${line}\n[{"b":2}]`)).toEqual([
      [line],
      ['next line'],
      '{"a":1}',
      [line],
      '{"b":2}',
    ]);
    expect(cutText(`first\n${BOM}${line}\0\n`)).toEqual([['first'], [line]]);
    const posted = piecesIn(Buffer.from(`${line}\nnext`), { text: true, isRaw: true });
    expect(posted.map(({ bytes }) => String(bytes))).toEqual([line, 'next']);
  });

  it.each<[string, string, string[]]>([
    ['an object', '{"a":1}', ['{"a":1}']],
    ["CEE's cookie", '@cee: {"a":1}', ['{"a":1}']],
    ["CEE's cookie without a blank", '@cee:{"a":1}', ['{"a":1}']],
    ['a byte order mark', `${BOM}{"a":1}`, ['{"a":1}']],
    ['several objects', '{"a":1} {"b":2}', ['{"a":1}', '{"b":2}']],
    ['an array', '[{"a":1},{"b":2}]', ['{"a":1}', '{"b":2}']],
    ['an envelope', '{"R":[{"a":1},{"b":2}]}', ['{"a":1}', '{"b":2}']],
  ])('behind a syslog header is JSON when the whole message part is: %s', (_, part, events) => {
    const headers = [
      '<13>1 2026-11-28T05:00:01.5Z web1 app 5 - - ',
      '<13>1 2026-11-28T05:00:01.5Z web1 app 5 - [x@1 p="{" q="\\"]{"][y@1 z="["] ',
      '<13>Nov 28 05:00:01 web1 app[5]: ',
      'Nov  8 05:00:01 web1 app: ',
      '<13>2026-11-28T05:00:01+01:00 web1 app: ',
      '<13>',
    ];
    for (const header of headers) {
      for (const form of [{ under: ['R'] }, { under: ['R'], text: true } as const]) {
        const pieces = piecesIn(Buffer.from(header + part), form);
        expect([header, pieces.map(({ json }) => String(json))]).toEqual([header, events]);
        for (const { bytes, json } of pieces) {
          // A dead letter is replayed with its header.
          expect(piecesIn(bytes, form).map((again) => String(again.json))).toEqual([String(json)]);
          expect(String(bytes).startsWith(header.trimEnd())).toBe(true);
        }
      }
    }
  });

  it('joins the audit records of one event, and no others', () => {
    const record = (id: string, type: string): string => `type=${type} msg=audit(1795805000.250:${id}): x=1`;
    expect(
      cutText([record('1', 'A'), record('1', 'B'), record('2', 'A'), 'text', record('2', 'B')].join('\r\n')),
    ).toEqual([[`${record('1', 'A')}\r`, record('1', 'B')], [record('2', 'A')], ['text'], [record('2', 'B')]]);
    expect(cutText([record('1', 'A'), '{"a":1}', record('1', 'B')].join('\n'))).toHaveLength(3);
    expect(cutText(Array.from({ length: 40 }, () => record('1', 'A')).join('\n')).map((lines) => lines.length)).toEqual(
      [32, 8],
    );
  });

  it.each<[string, string]>([
    ['braces that never close', '{\n'],
    ['brackets that never close', '[\n'],
    ['objects that go on and on', '{"a":\n'],
    ['values that almost close', '[{},\n'],
    ['quotes that never close', '{"\n'],
    ['words in brackets', '[a] [b] '],
    ['values on one line', '{}'],
    ['headers', '<13>1 - - - - [a b="'],
    ['NULs', 'a\0'],
    ['marks', BOM],
    ['audit records', 'msg=audit(1.1:1) '],
  ])('costs time in proportion to its bytes: %s', (_, part) => {
    const message = Buffer.from(`${part.repeat(Math.ceil(400_000 / part.length))}]}`);
    for (const form of [{}, { text: true } as const, { text: true, isRaw: true } as const]) {
      const spentMs = cpuClock();
      piecesIn(message, form);
      expect(spentMs()).toBeLessThan(1_000);
    }
  });

  it.each([
    ['arrays of no events', `${'[\n'.repeat(30_000)}${']'.repeat(30_000)}`],
    ['an object, and text behind it', `${'{"a":\n'.repeat(12_000)}1${'}'.repeat(12_000)} x`],
  ])('costs time in proportion also where values over many lines close and are refused: %s', (_, message) => {
    const spentMs = cpuClock();
    piecesIn(Buffer.from(message), { text: true });
    piecesIn(Buffer.from(message), { text: true, isRaw: true });
    expect(spentMs()).toBeLessThan(2_000);
  });

  it('is taken apart also where hundreds of thousands stand behind a header', () => {
    const message = `<13>Nov 30 01:02:03 host app: [${'{},'.repeat(200_000)}{}]`;
    expect(piecesIn(Buffer.from(message), { text: true }).length).toBe(200_001);
  });

  it.each([
    ['objects, which are counted', '{}', 1_001],
    ['numbers, which are a line of text', '1', 1],
  ])('that costs too much to be parsed is still known as a list of %s', (_what, one, pieces) => {
    const message = Buffer.from(`[${`${one},`.repeat(2_100_000)}${one}]`);
    expect(piecesIn(message, { text: true, isRaw: true }, 1_001).length).toBe(pieces);
  });
});
