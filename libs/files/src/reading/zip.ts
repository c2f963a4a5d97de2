import { readFileSync, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import yauzl from 'yauzl';
import { bounded, type ByteStream } from './streams.js';

const MOST_ENTRIES = 10_000;
/** Of an archive that is held in memory: one inside of another, or with bytes behind its end. */
export const MOST_HELD_BYTES = 256 * 1024 * 1024;

const END_OF_ZIP = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_BYTES = 22;

/** Some archives carry stray bytes behind their end, which the reader would refuse. */
const whole = (bytes: Buffer): Buffer => {
  const end = bytes.lastIndexOf(END_OF_ZIP);
  if (end < 0 || end + END_BYTES > bytes.length) return bytes;
  return bytes.subarray(0, end + END_BYTES + bytes.readUInt16LE(end + END_BYTES - 2));
};

const opened = (open: (done: (error: Error | null, zip: yauzl.ZipFile) => void) => void): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) => {
    open((error, zip) => (error ? reject(error) : resolve(zip)));
  });

const OPTIONS = { lazyEntries: true, autoClose: false } as const;
const fromBytes = (bytes: Buffer): Promise<yauzl.ZipFile> =>
  opened((done) => yauzl.fromBuffer(whole(bytes), OPTIONS, done));

const openZip = async (zip: string | Buffer): Promise<yauzl.ZipFile> => {
  if (typeof zip !== 'string') return fromBytes(zip);
  try {
    return await opened((done) => yauzl.open(zip, OPTIONS, done));
  } catch (error) {
    if (statSync(zip).size > MOST_HELD_BYTES) throw error;
    return fromBytes(readFileSync(zip));
  }
};

const nextEntry = (zip: yauzl.ZipFile): Promise<yauzl.Entry | undefined> =>
  new Promise((resolve, reject) => {
    const settle = (how: () => void) => (): void => {
      zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      how();
    };
    zip.once('entry', (entry: yauzl.Entry) => settle(() => resolve(entry))());
    zip.once(
      'end',
      settle(() => resolve(undefined)),
    );
    zip.once('error', (error: Error) => settle(() => reject(error))());
    zip.readEntry();
  });

const streamOf = (zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });

/** The same bytes. @throws Error behind them when they are not those that were packed: nobody else looks. */
async function* summed(bytes: ByteStream, sum: number): ByteStream & AsyncGenerator<Buffer> {
  let found = 0;
  for await (const chunk of bytes) {
    found = crc32(chunk, found);
    yield chunk;
  }
  if (found !== sum) throw new Error('its checksum is another, so what was read of it may be wrong');
}

async function* bytesOf(zip: yauzl.ZipFile, entry: yauzl.Entry): ByteStream & AsyncGenerator<Buffer> {
  const stream = await streamOf(zip, entry);
  try {
    yield* summed(
      bounded(stream as ByteStream, () => entry.compressedSize),
      entry.crc32,
    );
  } finally {
    stream.destroy();
  }
}

export interface ZipEntry {
  name: string;
  /** Read to its end, or left, before the next one is asked for. */
  bytes: ByteStream;
}

/**
 * The files of a zip archive, one after the other. @param zip its path, or its bytes.
 * @throws Error when it is none, breaks off, or holds more than 10,000.
 */
export async function* zipEntries(zip: string | Buffer): AsyncGenerator<ZipEntry> {
  const file = await openZip(zip);
  try {
    let count = 0;
    for (let entry = await nextEntry(file); entry; entry = await nextEntry(file)) {
      const name = entry.fileName;
      if (name.endsWith('/') || /(?:^|\/)(?:__MACOSX\/|\.DS_Store$)/.test(name)) continue;
      if (++count > MOST_ENTRIES) throw new Error(`it holds more than ${MOST_ENTRIES} files`);
      yield { name, bytes: bytesOf(file, entry) };
    }
  } finally {
    file.close();
  }
}
