/** Archives of tar (POSIX and GNU's), entry by entry, without holding any. Nothing of them is written anywhere. */
import { Parser, type ReadEntry } from 'tar';
import { FileProblem, type ByteStream } from './streams.js';

const BLOCK = 512;
const MOST_ENTRIES = 100_000;
/** Of an extension: the name of the next entry, its size. */
const MOST_META_BYTES = 64 * 1024;
/** Entries that begin in so many bytes wait for each other. */
const SLICE_BYTES = 64 * 1024;

const octalAt = (header: Buffer, from: number, length: number): number =>
  Number.parseInt(header.toString('latin1', from, from + length), 8);

/** Whether some bytes are the beginning of such an archive: the sum of a header's bytes stands in it. */
export const isTar = (beginning: Buffer): boolean => {
  if (beginning.length < BLOCK || beginning.toString('latin1', 257, 262) !== 'ustar') return false;
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (beginning[at] ?? 0);
  return sum === octalAt(beginning, 148, 8);
};

/** Files whose bytes stand in the archive as they are; what links names is another entry. */
const IS_FILE: ReadonlySet<string> = new Set(['File', 'OldFile', 'ContiguousFile']);
const IS_PART: ReadonlySet<string> = new Set(['SparseFile', 'ContinuationFile']);
/** GNU's name for what POSIX has no type for. */
const SPARSE = /(?:^|\/)GNUSparseFile\.\d+\//;

/** A file of an archive. */
interface NamedBytes {
  name: string;
  bytes: ByteStream;
}

const hidden = (name: string): boolean =>
  name.split('/').some((part) => /^\.[^./]/.test(part) || part.startsWith('._'));

const sparse = (name: string): NamedBytes => ({
  name,
  bytes: (async function* (): ByteStream & AsyncGenerator<Buffer> {
    throw new FileProblem('UNKNOWN_FILE', 'is a sparse file, which is not read: pack it without --sparse');
  })(),
});

/** What is put in and what comes out of it, when it is asked for. */
class TarReading {
  readonly begun: (ReadEntry | NamedBytes)[] = [];
  private readonly chunks: AsyncIterator<Buffer>;
  private slices: Buffer[] = [];
  private isOver = false;
  private count = 0;
  /** What is told at the end: behind it there may be more entries. */
  private problem: Error | undefined;
  private isTooMuch = false;
  private readonly parser = new Parser({
    maxMetaEntrySize: MOST_META_BYTES,
    brotli: false,
    filter: () => this.counted(),
    onReadEntry: (entry) => this.begun.push(entry),
    onwarn: (_code, why) => (this.problem ??= new Error(why)),
  });

  constructor(bytes: ByteStream) {
    this.chunks = bytes[Symbol.asyncIterator]();
    this.parser.on('ignoredEntry', (entry: ReadEntry) => this.ignored(entry));
  }

  /** Gives it some more bytes. @returns false when there are none. @throws Error for what is no archive. */
  async more(): Promise<boolean> {
    if (this.problem && (this.isTooMuch || this.isOver)) throw this.problem;
    if (this.isOver) return false;
    const slice = await this.slice();
    this.isOver = !slice;
    if (slice) this.parser.write(slice);
    else this.parser.end();
    return true;
  }

  async end(): Promise<void> {
    await this.chunks.return?.();
  }

  private async slice(): Promise<Buffer | undefined> {
    while (this.slices.length === 0) {
      const { done, value } = await this.chunks.next();
      if (done) return undefined;
      for (let at = 0; at < value.length; at += SLICE_BYTES) this.slices.push(value.subarray(at, at + SLICE_BYTES));
    }
    return this.slices.shift();
  }

  private counted(): boolean {
    this.count += 1;
    if (this.count > MOST_ENTRIES) this.stop(`an archive has ${MOST_ENTRIES} entries at most`);
    return true;
  }

  private stop(why: string): void {
    this.problem = new Error(why);
    this.isTooMuch = true;
  }

  private ignored({ type, meta, path }: ReadEntry): void {
    if (meta) this.stop('the name of an entry is too long');
    if (IS_PART.has(type)) this.begun.push(sparse(path));
  }
}

/** The bytes of an entry. @throws Error where they break off. */
async function* contentOf(entry: ReadEntry, reading: TarReading): ByteStream & AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  let isRead = false;
  entry.on('end', () => {
    isRead = true;
  });
  entry.on('data', (bytes: Buffer) => ready.push(bytes));
  for (;;) {
    // The parser goes on to use what it gave.
    yield* ready.splice(0).map((bytes) => Buffer.from(bytes));
    if (isRead && ready.length === 0) break;
    if (!isRead && !(await reading.more())) break;
  }
  if (entry.remain > 0) throw new Error('the archive breaks off');
}

/** What is begun, each read or passed over before the next. */
async function* begunIn(reading: TarReading): AsyncGenerator<NamedBytes> {
  for (let entry = reading.begun.shift(); entry; entry = reading.begun.shift()) {
    if ('bytes' in entry) yield entry;
    else {
      const { path: name, type } = entry;
      const content = contentOf(entry, reading);
      if (IS_FILE.has(type) && !hidden(name)) yield SPARSE.test(name) ? sparse(name) : { name, bytes: content };
      for await (const _rest of content);
    }
  }
}

/** Files of an archive, in order; what is not read of one is passed over. @throws Error where it breaks off. */
export async function* tarEntries(bytes: ByteStream): AsyncGenerator<NamedBytes> {
  const reading = new TarReading(bytes);
  try {
    do yield* begunIn(reading);
    while (await reading.more());
  } finally {
    await reading.end();
  }
}
