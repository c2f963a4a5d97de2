import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import yauzl from 'yauzl';

/** Three of the archives have a byte behind their end. */
const complete = (archive: Buffer): Buffer => {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  return archive.subarray(0, end + 22 + archive.readUInt16LE(end + 20));
};

/** Bytes of the JSON files of an archive. */
export const jsonIn = (path: string): Promise<Buffer[]> =>
  new Promise((done, fail) => {
    const found: Buffer[] = [];
    yauzl.fromBuffer(complete(readFileSync(path)), { lazyEntries: true }, (error, zip) => {
      if (error) return fail(error);
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!entry.fileName.endsWith('.json') || entry.fileName.includes('__MACOSX')) return zip.readEntry();
        zip.openReadStream(entry, (_error, stream) => {
          const chunks: Buffer[] = [];
          stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
          stream?.on('end', () => {
            found.push(Buffer.concat(chunks));
            zip.readEntry();
          });
        });
      });
      zip.on('end', () => done(found)).on('error', fail);
      zip.readEntry();
    });
  });

/** Archives of a folder and those in it, of fewer bytes than that. */
export const archivesUnder = (folder: string, largest: number): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.zip$/i.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).size < largest);
