import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { Refused } from '#libs/model';

const MAX_ENTRIES = 1_000;

const END_OF_ZIP = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const END_BYTES = 22;

/** Some archives carry stray bytes behind their end, which the reader would refuse. */
const whole = (path: string): Buffer => {
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(END_OF_ZIP);
  if (end < 0 || end + END_BYTES > bytes.length) return bytes;
  return bytes.subarray(0, end + END_BYTES + bytes.readUInt16LE(end + END_BYTES - 2));
};

const zipStreams = (path: string): Promise<{ name: string; open(): Promise<Readable> }[]> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(whole(path), { lazyEntries: true }, (error, zip) => {
      if (error || !zip) return reject(new Refused(`${path} is no readable zip file`, 'BAD_ZIP'));
      const found: { name: string; open(): Promise<Readable> }[] = [];
      zip.on('entry', (entry: yauzl.Entry) => {
        const open = (): Promise<Readable> =>
          new Promise((opened, failed) => {
            zip.openReadStream(entry, (problem, stream) =>
              problem || !stream ? failed(problem ?? new Error('no stream')) : opened(stream),
            );
          });
        if (!entry.fileName.endsWith('/') && found.length < MAX_ENTRIES) found.push({ name: entry.fileName, open });
        zip.readEntry();
      });
      zip.on('end', () => resolve(found));
      zip.on('error', reject);
      zip.readEntry();
    });
  });

async function* lines(stream: Readable): AsyncGenerator<string> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (line.trim()) yield line;
  }
}

/**
 * Lines of a file of JSON lines: plain, gzip (.gz) or zip (.zip, every file in it).
 * @throws Refused when it cannot be read.
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  if (/\.zip$/i.test(path)) {
    for (const entry of await zipStreams(path)) yield* lines(await entry.open());
    return;
  }
  const file = createReadStream(path);
  await new Promise((resolve, reject) => {
    file.once('open', resolve).once('error', () => reject(new Refused(`${path} cannot be read`, 'NO_FILE')));
  });
  yield* lines(/\.gz$/i.test(path) ? file.pipe(createGunzip()) : file);
}
