/** The worst lines by construction: one text again and again, behind what makes a parser begin. */

/** What has made parsers look back again and again. */
const REPEATED = [
  ...['"', '\\', '[', ']', '{', '}', '=', ' ', '|', '<', ',', ':', '/', '.', '-', '%', '0', '9', 'a', 'EF', '\\x41'],
  ...['key=', 'key= ', 'k=v ', 'k="', 'k={ ', "k='", 'k=[" ', 'k\\=', '="', '" ', '"\\"', '] "', '[a] ', '("', '{"a":'],
  ...['[{', '&#x41;', '&amp', '<a>', '<a b="', '<!-- ', '<Event ', '<![CDATA[', 'CEF:0|', 'LEEF:2.0|', ', client: '],
  ...['type=X msg=audit(', 'audit(1.2:3): ', 'cmdline=', 'path_name=["', 'TTY=', 'COMMAND=', ', referer: ', 'client @'],
  ...[
    ' for a:1/1 to ',
    'filterlog: ',
    '%FTD-6-430003: ',
    'Jan  1 ',
    'Message forwarded from a: ',
    '#Fields: a ',
    'a, b: ',
  ],
  ...[
    'Name: x\t',
    '\\n',
    '\u00e9',
    'node=a ',
    ' ; ',
    'https://',
    'query: ',
    'a@',
    '::',
    '1.1.',
    'a : ',
    '00',
    '\u0000',
  ],
] as const;

const OPEN_TEXT = /^\{.*"$/;
const NESTED = [
  ['[', ']'],
  ['{"a":', '}'],
  ['<a>', '</a>'],
] as const;

const nested = ([open, close]: (typeof NESTED)[number], bytes: number): string => {
  const depth = Math.floor(bytes / (JSON.stringify(open + close).length - 2));
  return open.repeat(depth) + (open.endsWith(':') ? '1' : '') + close.repeat(depth);
};

/** What stands at the end: nothing that is sought up to the end of a text or line is found there. */
const END = '41';

/** A line by construction, of as many bytes as are asked for. */
export type WorstForm = { name: string; line(bytes: number): Buffer };

const form = (name: string, line: (bytes: number) => string): WorstForm => ({
  name: `${name}…`,
  line: (bytes) => Buffer.from(line(bytes)),
});

/**
 * `begin`, then one text again and again. Within JSON when `begin` opens a text of it; then also JSON and XML in that
 * text, nested as deep as there is room.
 */
export const worstForms = (begin: string): WorstForm[] => {
  const room = (bytes: number): number => bytes - begin.length - 8;
  if (!OPEN_TEXT.test(begin))
    return REPEATED.map((text) =>
      form(begin + text, (bytes) => begin + text.repeat(room(bytes) / Buffer.byteLength(text)) + END),
    );
  const inText = (text: string): string => `${begin}${JSON.stringify(text).slice(1)}}`;
  return [
    ...REPEATED.map((text) => {
      const bytesOfOne = Buffer.byteLength(JSON.stringify(text)) - 2;
      return form(begin + text, (bytes) => inText(`${text.repeat(room(bytes) / bytesOfOne)}${END}\n`));
    }),
    ...NESTED.map((pair) => form(begin + pair.join(''), (bytes) => inText(nested(pair, room(bytes))))),
  ];
};
