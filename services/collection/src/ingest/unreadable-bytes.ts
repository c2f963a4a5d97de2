import type { PieceProblem } from './piece.js';

/** How bytes begin that are packed, in hexadecimal, and what packed them. */
const PACKED: readonly [magic: string, name: string][] = [
  ['1f8b08', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['04224d18', 'lz4'],
  ['ff060000734e61507059', 'snappy'],
  ['fd377a585a00', 'xz'],
  ['504b0304', 'zip'],
  ['425a6839314159265359', 'bzip2'],
  ['789c', 'zlib'],
  ['78da', 'zlib'],
];
/** How files begin that hold events, but no text. */
const BINARY: readonly [magic: string, name: string][] = [
  ['456c6646696c6500', 'an EVTX file'],
  ['5041523115', 'a Parquet file'],
  ['d4c3b2a1', 'a packet capture'],
  ['4f626a01', 'an Avro file'],
];
const LONGEST = 10;
const FIRST_BYTES: ReadonlySet<number | undefined> = new Set(
  [...PACKED, ...BINARY].map(([magic]) => Number.parseInt(magic.slice(0, 2), 16)),
);

const found = (list: typeof PACKED, begins: string): string | undefined =>
  list.find(([magic]) => begins.startsWith(magic))?.[1];

const isUtf16 = (message: Buffer): boolean => {
  const [first, second, third, fourth] = message;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  // A NUL behind the first byte alone is a trailer.
  if (fourth === undefined) return false;
  return (
    (first === 0 && second !== 0 && third === 0 && fourth !== 0) ||
    (first !== 0 && second === 0 && third !== 0 && fourth === 0)
  );
};

/** What to do about a message, and about what is wrapped in one: that is unpacked where it is gzip. */
const packedBy = (packed: string, what: UnreadableThing): string => {
  if (what === 'The message')
    return `${what} is ${packed}; send plain JSON or text (over HTTP name gzip in Content-Encoding; Kafka can compress batches itself).`;
  return packed === 'gzip'
    ? `${what} is gzip that breaks off, is damaged, packed twice, or unpacks to more than 8 MiB.`
    : `${what} is ${packed}; wrap plain JSON or text, or pack it by gzip.`;
};

type UnreadableThing = 'The message' | 'What is wrapped';

/** Why bytes hold neither JSON nor lines of text, by how they begin; undefined when they may. */
export const whyUnreadable = (message: Buffer, what: UnreadableThing = 'The message'): PieceProblem | undefined => {
  if (isUtf16(message)) return { code: 'WRONG_ENCODING', sentence: `${what} is UTF-16; send UTF-8.` };
  if (!FIRST_BYTES.has(message[0])) return undefined;
  const begins = message.toString('hex', 0, LONGEST);
  const packed = found(PACKED, begins);
  if (packed !== undefined) return { code: 'COMPRESSED', sentence: packedBy(packed, what) };
  const binary = found(BINARY, begins);
  return binary === undefined
    ? undefined
    : { code: 'NOT_TEXT', sentence: `${what} is ${binary}; send its events as JSON or text.` };
};
