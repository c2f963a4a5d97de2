import { inflateSync } from 'node:zlib';

/** Streams of a PDF, unpacked. */
const streamsOf = (bytes: Buffer): string[] => {
  const found: string[] = [];
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const begin = at + (bytes[at + 6] === 0x0d ? 8 : 7);
    const end = bytes.indexOf('endstream', begin);
    if (end === -1) break;
    try {
      found.push(inflateSync(bytes.subarray(begin, end)).toString('latin1'));
    } catch {
      found.push(bytes.subarray(begin, end).toString('latin1'));
    }
  }
  return found;
};

const utf16 = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** What the glyphs of a font stand for, from its ToUnicode table. */
const glyphsIn = (table: string): Map<number, string> => {
  const glyphs = new Map<number, string>();
  for (const [, from = '', to = '', first = ''] of table.matchAll(
    /<([0-9a-f]{4})>\s*<([0-9a-f]{4})>\s*<([0-9a-f]{4})>/gi,
  )) {
    for (let code = parseInt(from, 16); code <= parseInt(to, 16); code++)
      glyphs.set(code, String.fromCharCode(parseInt(first, 16) + code - parseInt(from, 16)));
  }
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, code = '', text = ''] of block.matchAll(/<([0-9a-f]{4})>\s*<((?:[0-9a-f]{4})+)>/gi))
      glyphs.set(parseInt(code, 16), utf16(text));
  }
  return glyphs;
};

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{1,3}|[\s\S])/g, (_all, code: string) =>
    /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : (ESCAPES[code] ?? code),
  );

/** Codes of the glyphs that are shown one after the other, a line for each text object. */
const shownIn = (page: string): number[][] =>
  [...page.matchAll(/BT([\s\S]*?)ET/g)].map(([, body = '']) =>
    [...body.matchAll(/<([0-9a-fA-F\s]+)>|\(((?:\\[\s\S]|[^\\()])*)\)/g)].flatMap(([, hex, literal]) => {
      const bytes =
        hex === undefined
          ? Buffer.from(unescaped(literal ?? ''), 'latin1')
          : Buffer.from(hex.replace(/\s/g, ''), 'hex');
      return Array.from({ length: bytes.length >> 1 }, (_, index) => bytes.readUInt16BE(index * 2));
    }),
  );

/** The text a PDF shows, read with each of its fonts in turn: for looking for words, not for reading. */
export const pdfText = (bytes: Buffer): string => {
  const streams = streamsOf(bytes);
  const tables = streams.filter((one) => one.includes('beginbfchar') || one.includes('beginbfrange')).map(glyphsIn);
  const shown = streams.filter((one) => /\bBT\b/.test(one)).flatMap(shownIn);
  return tables
    .flatMap((glyphs) => shown.map((codes) => codes.map((code) => glyphs.get(code) ?? '').join('')))
    .join('\n');
};
