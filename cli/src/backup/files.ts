import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { Refused } from '#libs/model';

/** What a file of a backup is held against. */
export interface FileSum {
  bytes: number;
  /** Hexadecimal, of the file as it lies there. */
  sha256: string;
}

const summing = (): { through: Transform; sum(): FileSum } => {
  const hash = createHash('sha256');
  let bytes = 0;
  const through = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { through, sum: () => ({ bytes, sha256: hash.digest('hex') }) };
};

const open = async (path: string) => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  await once(file, 'open');
  return file;
};

/** Writes documents one behind the other and packed, as mongodump --gzip does. It must not be there yet. */
export const writeDocuments = async (path: string, documents: AsyncIterable<Uint8Array>) => {
  let count = 0;
  const counted = async function* () {
    for await (const one of documents) {
      count += 1;
      yield one;
    }
  };
  const { through, sum } = summing();
  await pipeline(Readable.from(counted(), { objectMode: true }), createGzip({ level: 1 }), through, await open(path));
  return { documents: count, ...sum() };
};

/** The documents of such a file: each begins with its length. @throws Refused when it ends within one. */
export async function* readDocuments(path: string): AsyncGenerator<Uint8Array> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    while (rest.length - from >= 4 && rest.length - from >= rest.readInt32LE(from)) {
      const length = rest.readInt32LE(from);
      if (length < 5) throw new Refused(`${path} holds what is no document`, 'BAD_BACKUP');
      yield rest.subarray(from, from + length);
      from += length;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) throw new Refused(`${path} ends within a document`, 'BAD_BACKUP');
}

/** Copies a file, which must not be there yet. */
export const copyFile = async (from: string, to: string): Promise<FileSum> => {
  const { through, sum } = summing();
  const source = createReadStream(from);
  await once(source, 'open');
  await pipeline(source, through, await open(to));
  return sum();
};

export const sumOf = async (path: string): Promise<FileSum> => {
  const { through, sum } = summing();
  for await (const chunk of createReadStream(path).pipe(through)) void chunk;
  return sum();
};
