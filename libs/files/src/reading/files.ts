/** Files as people have them: folders, archives, tables, lines; each is known by its content. */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '#libs/model';
import { EvtxFile, isEvtx } from '../evtx/evtx-file.js';
import type { FilePart, LostPart, PartReader } from './part.js';
import { begun, endsByReturn, FileProblem, fromReturns, fromUtf16, gunzipped, type ByteStream } from './streams.js';
import { isTar } from './tar-blocks.js';
import { tarEntries } from './tar.js';
import { textGrowth, textReader } from './text-kinds.js';
import { MOST_HELD_BYTES, zipEntries } from './zip.js';
import { unzstd } from './zstd.js';

const MOST_FILES = 100_000;
/** Archives inside of each other: a zip of gz files, a zip in a zip, a tar that gzip packed. */
const MOST_NESTED = 2;

/** How files begin that are packed otherwise, or hold no events, and what they are. */
const OTHERS: readonly [magic: string, name: string][] = [
  ['04224d18', 'lz4'],
  ['ff060000734e61507059', 'snappy'],
  ['fd377a585a00', 'xz'],
  ['425a68', 'bzip2'],
  ['377abcaf271c', '7z'],
  ['5041523115', 'Parquet'],
  ['50415231', 'Parquet'],
  ['d4c3b2a1', 'a packet capture'],
  ['0a0d0d0a', 'a packet capture'],
  ['4f626a01', 'Avro'],
];

interface OpenFile {
  /** As people are told: archive and file in it. */
  name: string;
  /** Of a file on disk. */
  path?: string;
  bytes: ByteStream;
  depth: number;
  /** It stands in an archive of tar. */
  isOfTar?: boolean | undefined;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const lost = (file: string, code: string, sentence: string): FilePart => ({ file, lost: { code, sentence } });
const broken = (file: string, error: unknown): FilePart =>
  error instanceof FileProblem
    ? lost(file, error.code, `${file} ${error.message}.`)
    : lost(file, 'BROKEN_FILE', `${file} breaks off or cannot be unpacked: ${messageOf(error)}.`);

async function* partsBy(reader: PartReader, { name: file, bytes }: OpenFile): AsyncGenerator<FilePart> {
  const told = (part: { event: Buffer } | { lost: LostPart }): FilePart => ({ file, ...part });
  let problem: FilePart | undefined;
  try {
    for await (const chunk of bytes) for (const part of reader.take(chunk, false)) yield told(part);
  } catch (error) {
    problem = broken(file, error);
  }
  for (const part of reader.take(Buffer.alloc(0), true)) yield told(part);
  if (problem) yield problem;
}

const held = async (bytes: ByteStream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > MOST_HELD_BYTES) throw new Error(`an archive in an archive has ${MOST_HELD_BYTES} bytes at most`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** How bytes begin that are packed as one, what follows the name then, and how they are unpacked. */
const STREAMS: readonly [magic: RegExp, suffix: RegExp, unpack: (packed: ByteStream) => ByteStream][] = [
  [/^1f8b08/, /\.(?:gz|tgz)$/i, gunzipped],
  [/^(?:28b52ffd|5.2a4d18)/, /\.(?:zst|tzst)$/i, unzstd],
];

const LONGEST_NAME = 1_024;

/** A file of an archive as people are told: whoever packed it chose the name. */
const within = (archive: string, name: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  `${archive}/${name.slice(-LONGEST_NAME).replace(/[\u0000-\u001f\u007f-\u009f]/g, '?')}`;

async function* partsOfTar({ name, depth }: OpenFile, bytes: ByteStream): AsyncGenerator<FilePart> {
  try {
    for await (const entry of tarEntries(bytes))
      yield* partsOfOpen({ name: within(name, entry.name), bytes: entry.bytes, depth, isOfTar: true });
  } catch (error) {
    yield broken(name, error);
  }
}

async function* partsOfZip({ name, path, depth }: OpenFile, bytes: ByteStream): AsyncGenerator<FilePart> {
  try {
    for await (const entry of zipEntries(path ?? (await held(bytes))))
      yield* partsOfOpen({ name: within(name, entry.name), bytes: entry.bytes, depth: depth + 1 });
  } catch (error) {
    yield broken(name, error);
  }
}

/** The parts of a file, by how it begins. */
async function* partsOfOpen(file: OpenFile): AsyncGenerator<FilePart> {
  const { name, depth, isOfTar } = file;
  const { beginning, all: bytes } = await begun(file.bytes);
  const magic = beginning.toString('hex', 0, 16);
  const stream = STREAMS.find(([begins]) => begins.test(magic));
  const isArchive = isTar(beginning);
  const isTooDeep = isArchive ? isOfTar : depth === MOST_NESTED && (stream || /^504b0[357]/.test(magic));
  if (isTooDeep) return yield lost(name, 'NESTED_TOO_DEEP', `${name} is packed too often.`);
  if (magic.startsWith('504b')) return yield* partsOfZip(file, bytes);
  if (isArchive) return yield* partsOfTar(file, bytes);
  if (stream) {
    const [, suffix, unpack] = stream;
    // It is not at the path of what was packed any more.
    return yield* partsOfOpen({ name: name.replace(suffix, ''), bytes: unpack(bytes), depth: depth + 1, isOfTar });
  }
  const other = OTHERS.find(([start]) => magic.startsWith(start));
  if (other) return yield lost(name, 'UNKNOWN_FILE', `${name} is ${other[1]}, which is not read.`);
  if (isEvtx(beginning)) return yield* partsBy(new EvtxFile(), { ...file, bytes });
  const isUtf16 = /^(?:fffe|feff)/.test(magic);
  if (!isUtf16 && endsByReturn(beginning)) return yield* partsOfOpen({ ...file, bytes: fromReturns(bytes) });
  if (!isUtf16) return yield* partsBy(textReader(name, beginning), { ...file, bytes });
  yield* partsOfOpen({ ...file, bytes: fromUtf16(bytes, magic.startsWith('fe')) });
}

/**
 * How a file may be read while it is written, by how it begins: line by line from anywhere (`lines`), from its
 * beginning up to a line's end (`rows`, under a heading), or not before it is whole (`packed`: its parts may change).
 */
export const growthOf = (name: string, beginning: Buffer): 'lines' | 'rows' | 'whole' | 'packed' => {
  const magic = beginning.toString('hex', 0, 16);
  if (/^(?:1f8b08|504b|28b52ffd)/.test(magic) || isTar(beginning)) return 'packed';
  const isBinary = beginning.includes(0) || OTHERS.some(([start]) => magic.startsWith(start));
  if (isBinary || /^(?:fffe|feff)/.test(magic) || endsByReturn(beginning)) return 'whole';
  return textGrowth(name, beginning);
};

/** Files of a folder and those in it, by name; hidden ones are left out. */
const filesUnder = (path: string): string[] => {
  if (statSync(path).isFile()) return [path];
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .filter(
      (one) =>
        !one
          .slice(path.length)
          .split('/')
          .some((name) => name.startsWith('.')),
    );
  if (found.length > MOST_FILES) throw new Refused(`${path} holds more than ${MOST_FILES} files`, 'TOO_MANY_FILES');
  return found.sort();
};

/**
 * The events of a file, of every file of a folder, or of bytes: JSON (values, lines, arrays), tables (CSV, Zeek's TSV),
 * logs of Windows (EVTX) and their events as XML, W3C logs, lines of text; packed by gzip or zip or not. One that is
 * bad spoils no other. Holds no more than some MiB, but for an archive in an archive (256 MiB at most).
 * @param called the name of bytes. @throws Refused when there is no such file.
 */
export async function* partsOf(source: string | Buffer, called = 'standard input'): AsyncGenerator<FilePart> {
  if (typeof source !== 'string') {
    const once = (async function* () {
      yield source;
    })();
    return yield* partsOfOpen({ name: called, bytes: once, depth: 0 });
  }
  if (!statSync(source, { throwIfNoEntry: false })) throw new Refused(`${source} cannot be read`, 'NO_FILE');
  for (const path of filesUnder(source)) {
    const stream = createReadStream(path);
    try {
      yield* partsOfOpen({ name: path, path, bytes: stream as ByteStream, depth: 0 });
    } finally {
      stream.destroy();
    }
  }
}
