import { createGunzip } from 'node:zlib';

export type ByteStream = AsyncIterable<Buffer>;

/** What is looked at to know what a file is. */
const BEGINNING = 64 * 1024;

/** The beginning of some bytes, and all of them; where they break off within it, all of them say so. */
export const begun = async (bytes: ByteStream): Promise<{ beginning: Buffer; all: ByteStream }> => {
  const iterator = bytes[Symbol.asyncIterator]();
  const chunks: Buffer[] = [];
  let [length, failure]: [number, unknown] = [0, undefined];
  try {
    while (length < BEGINNING) {
      const { done, value } = await iterator.next();
      if (done) break;
      chunks.push(value);
      length += value.length;
    }
  } catch (error) {
    failure = error;
  }
  async function* all(): AsyncGenerator<Buffer> {
    try {
      yield* chunks.splice(0);
      if (failure !== undefined) throw failure;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { beginning: Buffer.concat(chunks), all: all() };
};

/** A file may unpack to so much for each byte of it, beyond what any may; logs reach 30. */
const MOST_RATIO = 250;
const RATIO_FROM_BYTES = 64 * 1024 * 1024;
/** Of one packed file. */
const MOST_UNPACKED = 64 * 1024 * 1024 * 1024;

/** What is wrong with a file, with a code of its own; the message goes on from the file's name. */
export class FileProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export class PackedTooTight extends Error {
  constructor() {
    super(`it unpacks to more than ${MOST_RATIO} times its size`);
  }
}

/** ByteStream of something packed, counted. */
export async function* bounded(unpacked: ByteStream, packedBytes: () => number): ByteStream & AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of unpacked) {
    bytes += chunk.length;
    if (bytes > MOST_UNPACKED || (bytes > RATIO_FROM_BYTES && bytes > packedBytes() * MOST_RATIO))
      throw new PackedTooTight();
    yield chunk;
  }
}

/** Given at once: what the last of them unpack to is lost where they are not as they should be. */
const SLICE_BYTES = 512;
/** Behind all that a file unpacks to: a wrong sum must not take with it what came before. */
const SUM_BYTES = 8;

async function* sliced(bytes: ByteStream): ByteStream & AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    const sum = Math.max(0, chunk.length - SUM_BYTES);
    for (let at = 0; at < sum; at += SLICE_BYTES) yield chunk.subarray(at, Math.min(at + SLICE_BYTES, sum));
    yield chunk.subarray(sum);
  }
}

/** What gzip packed, also several files one behind the other; where it breaks off, what came before. */
async function* inflated(packed: ByteStream): ByteStream & AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  const ready: Buffer[] = [];
  let failure: Error | undefined;
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk)).on('error', (error) => (failure ??= error));
  // Nobody calls back a write that fails.
  let goOn = (): void => undefined;
  const closed = new Promise<void>((done) => gunzip.once('close', done));
  gunzip.once('close', () => goOn());
  try {
    for await (const slice of sliced(packed)) {
      await new Promise<void>((done) => {
        goOn = done;
        gunzip.write(slice, () => done());
      });
      yield* ready.splice(0);
      if (failure) throw failure;
    }
    gunzip.end();
    await closed;
    yield* ready.splice(0);
    if (failure) throw failure;
  } finally {
    gunzip.destroy();
  }
}

/** What something unpacks to, bounded by how much of it was read. */
export async function* unpacked(
  packed: ByteStream,
  unpack: (packed: ByteStream) => ByteStream,
): ByteStream & AsyncGenerator<Buffer> {
  let wire = 0;
  const counted = async function* (): ByteStream & AsyncGenerator<Buffer> {
    for await (const chunk of packed) {
      wire += chunk.length;
      yield chunk;
    }
  };
  yield* bounded(unpack(counted()), () => wire);
}

export const gunzipped = (packed: ByteStream): ByteStream => unpacked(packed, inflated);

const [NEWLINE, RETURN] = [0x0a, 0x0d];

/** Whether lines end with a return alone, as old Macs and Excel for them write them. */
export const endsByReturn = (beginning: Buffer): boolean =>
  !beginning.includes(NEWLINE) && beginning.subarray(0, -1).includes(RETURN);

/** Returns as newlines. */
export async function* fromReturns(bytes: ByteStream): ByteStream & AsyncGenerator<Buffer> {
  for await (const chunk of bytes) yield chunk.map((byte) => (byte === RETURN ? NEWLINE : byte)) as Buffer;
}

/** UTF-16 as UTF-8. */
export async function* fromUtf16(bytes: ByteStream, isBigEndian: boolean): ByteStream & AsyncGenerator<Buffer> {
  const decoder = new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le');
  for await (const chunk of bytes) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}
