/** Archives of tar (POSIX and GNU's), entry by entry, without holding any. */
import type { ByteStream } from './streams.js';

const BLOCK = 512;
const MOST_ENTRIES = 100_000;
/** Of an extension that names the next entry. */
const MOST_NAME_BYTES = 64 * 1024;

/** Whether some bytes are the beginning of such an archive. */
export const isTar = (beginning: Buffer): boolean =>
  beginning.length >= BLOCK && beginning.toString('latin1', 257, 262) === 'ustar' && isHeader(beginning);

const numberAt = (header: Buffer, from: number, length: number): number => {
  // GNU writes what is too large for octal digits as bytes.
  if ((header[from] ?? 0) & 0x80) return header.readUIntBE(from + length - 6, 6);
  const text = header
    .toString('latin1', from, from + length)
    .replace(/[\0 ]+$/, '')
    .trim();
  return /^[0-7]*$/.test(text) ? Number.parseInt(text || '0', 8) : Number.NaN;
};

const textAt = (header: Buffer, from: number, length: number): string => {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
};

/** The sum of a header's bytes stands in it. */
const isHeader = (header: Buffer): boolean => {
  let sum = 0;
  for (let at = 0; at < BLOCK; at += 1) sum += at >= 148 && at < 156 ? 0x20 : (header[at] ?? 0);
  return sum === numberAt(header, 148, 8);
};

/** Takes bytes off a stream, as many as are wanted. */
class Taking {
  private held: Buffer = Buffer.alloc(0);
  private left = 0;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(bytes: ByteStream) {
    this.chunks = bytes[Symbol.asyncIterator]();
  }

  /** The next bytes, `most` of them; none at the end. */
  async some(most: number): Promise<Buffer> {
    while (this.held.length === 0) {
      const { done, value } = await this.chunks.next();
      if (done) return this.held;
      this.held = value;
    }
    const taken = this.held.subarray(0, most);
    this.held = this.held.subarray(taken.length);
    return taken;
  }

  /** So many bytes; what is not read of them is passed over by `rest`. */
  exactly(length: number): AsyncGenerator<Buffer> {
    this.left = length;
    return this.remaining();
  }

  async rest(): Promise<void> {
    for await (const _rest of this.remaining());
  }

  private async *remaining(): AsyncGenerator<Buffer> {
    while (this.left > 0) {
      const bytes = await this.some(this.left);
      if (bytes.length === 0) throw new Error('the archive breaks off');
      this.left -= bytes.length;
      yield bytes;
    }
  }

  async end(): Promise<void> {
    await this.chunks.return?.();
  }
}

const joined = async (bytes: ByteStream): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};

const headerIn = async (taking: Taking): Promise<Buffer | undefined> => {
  const first = await taking.some(BLOCK);
  if (first.length === 0) return undefined;
  const header = Buffer.concat([first, await joined(taking.exactly(BLOCK - first.length))]);
  return header.every((byte) => byte === 0) ? undefined : header;
};

const PAX_PATH = /(?:^|\n)\d{1,6} path=([^\n]*)\n/;

/** What an extension of GNU's or of POSIX calls the next entry. */
const nameIn = async (content: ByteStream, size: number, type: string): Promise<string | undefined> => {
  if (size > MOST_NAME_BYTES) throw new Error('the name of an entry is too long');
  const text = (await joined(content)).toString('utf8');
  return type === 'L' ? text.replace(/\0.*$/s, '') : PAX_PATH.exec(text)?.[1];
};

/** Files of an archive, in order; what is not read of one is passed over. @throws Error where it breaks off. */
export async function* tarEntries(bytes: ByteStream): AsyncGenerator<{ name: string; bytes: ByteStream }> {
  const taking = new Taking(bytes);
  let named: string | undefined;
  try {
    for (let count = 0; count < MOST_ENTRIES; count += 1) {
      const header = await headerIn(taking);
      if (!header) return;
      const [size, type] = [numberAt(header, 124, 12), String.fromCharCode(header[156] ?? 0)];
      if (!isHeader(header) || !Number.isSafeInteger(size)) throw new Error('what should name an entry does not');
      const content = taking.exactly(size);
      const isName = 'xL'.includes(type);
      const name = named ?? [textAt(header, 345, 155), textAt(header, 0, 100)].filter(Boolean).join('/');
      named = isName ? ((await nameIn(content, size, type)) ?? named) : undefined;
      if ('0\0'.includes(type) && !hidden(name)) yield { name, bytes: content };
      await taking.rest();
      for await (const _padding of taking.exactly((BLOCK - (size % BLOCK)) % BLOCK));
    }
    throw new Error(`an archive has ${MOST_ENTRIES} entries at most`);
  } finally {
    await taking.end();
  }
}

const hidden = (name: string): boolean =>
  name.split('/').some((part) => /^\.[^./]/.test(part) || part.startsWith('._'));
