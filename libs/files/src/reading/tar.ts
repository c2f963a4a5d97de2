/** Archives of tar (POSIX and GNU's), entry by entry, without holding any. Nothing of them is written anywhere. */
import { Parser, type ReadEntry } from 'tar';
import { FileProblem, type ByteStream } from './streams.js';
import { isEmpty, isHeader, slicesOf } from './tar-blocks.js';

const MOST_ENTRIES = 100_000;
/** Of an extension: the name of the next entry, its size. */
const MOST_META_BYTES = 64 * 1024;

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

const unread = (name: string, why: string): NamedBytes => ({
  name,
  bytes: (async function* (): ByteStream & AsyncGenerator<Buffer> {
    throw new FileProblem('UNKNOWN_FILE', why);
  })(),
});

const sparse = (name: string): NamedBytes =>
  unread(name, 'is a sparse file, which is not read: pack it without --sparse');

/** What is put in and what comes out of it, when it is asked for. */
class TarReading {
  readonly begun: (ReadEntry | NamedBytes)[] = [];
  private readonly slices: AsyncGenerator<Buffer>;
  private isOver = false;
  private count = 0;
  /** What is told at the end: behind it there may be more entries. */
  private problem: Error | undefined;
  private isTooMuch = false;
  private parser = this.parserOfOne();
  /** Its archive has ended: another may follow, as `cat` puts them together. */
  private isBehindEnd = false;

  constructor(bytes: ByteStream) {
    this.slices = slicesOf(bytes);
  }

  /** Gives it some more bytes. @returns false when there are none. @throws Error for what is no archive. */
  async more(): Promise<boolean> {
    if (this.problem && (this.isTooMuch || this.isOver)) throw this.problem;
    if (this.isOver) return false;
    const { done, value: slice } = await this.slices.next();
    this.isOver = done === true;
    if (done) this.parser.end();
    else if (this.isBehindEnd) this.behindEnd(slice as Buffer);
    else this.parser.write(slice as Buffer);
    return true;
  }

  async end(): Promise<void> {
    await this.slices.return(undefined);
  }

  private parserOfOne(): Parser {
    const parser = new Parser({
      maxMetaEntrySize: MOST_META_BYTES,
      brotli: false,
      filter: () => this.counted(),
      onReadEntry: (entry) => this.begun.push(entry),
      onwarn: (_code, why) => (this.problem ??= new Error(why)),
    });
    parser.on('ignoredEntry', (entry: ReadEntry) => this.ignored(entry));
    parser.on('eof', () => {
      this.isBehindEnd = true;
    });
    return parser;
  }

  private behindEnd(slice: Buffer): void {
    if (isEmpty(slice)) return;
    if (!isHeader(slice)) return this.stop('what stands behind the end of the archive is none');
    this.isBehindEnd = false;
    this.parser = this.parserOfOne();
    this.parser.write(slice);
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
    if (!meta) this.counted();
    if (IS_PART.has(type)) this.begun.push(sparse(path));
    if (type === 'Unsupported') this.begun.push(unread(path, 'is an entry of a type that is not known'));
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
