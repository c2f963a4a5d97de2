import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readDocuments, writeDocuments } from './files.js';
import { copyLake, restoreLake } from './lake.js';
import { readManifest, writeManifest } from './manifest.js';

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'vigie-backup-'))));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Framed as BSON is: its length first. */
const document = (size: number, fill: number): Buffer => {
  const bytes = Buffer.alloc(size, fill);
  bytes.writeInt32LE(size);
  return bytes;
};
async function* each<T>(all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}
const documents = [document(5, 1), document(200_000, 2), document(70_000, 3), document(5, 4)];
const read = async (path: string): Promise<Buffer[]> => {
  const found: Buffer[] = [];
  for await (const one of readDocuments(path)) found.push(Buffer.from(one));
  return found;
};

describe('files of a backup', () => {
  it('give back every document, whatever its size', async () => {
    const path = join(dir, 'store', 'x', 'commits.bson.gz');
    expect(await writeDocuments(path, each(documents))).toMatchObject({ documents: 4 });
    expect(await read(path)).toEqual(documents);
  });

  it('are refused when they end within a document, or hold what is none', async () => {
    for (const [name, bytes] of [
      ['cut', Buffer.concat([document(5, 1), document(100, 2).subarray(0, 50)])],
      ['none', Buffer.alloc(20)],
    ] as const) {
      writeFileSync(join(dir, name), gzipSync(bytes));
      await expect(read(join(dir, name))).rejects.toMatchObject({ code: 'BAD_BACKUP' });
    }
  });

  it('are no backup before all are there, nor when one was changed or lies elsewhere', async () => {
    await expect(readManifest(dir)).rejects.toMatchObject({ code: 'BAD_BACKUP' });
    const path = 'store/vigie_x/commits.bson.gz';
    const written = await writeDocuments(join(dir, path), each(documents));
    const one = { path, service: 'x', collection: 'commits', ...written };
    writeManifest(dir, { form: 1, until: 7, store: [one], lake: [] });
    expect(await readManifest(dir)).toMatchObject({ until: 7, store: [{ path, documents: 4 }] });
    appendFileSync(join(dir, path), 'x');
    await expect(readManifest(dir)).rejects.toThrow(`${path} is not what the backup wrote`);
    writeManifest(dir, { form: 1, until: 7, store: [{ ...one, path: '../elsewhere' }], lake: [] });
    await expect(readManifest(dir)).rejects.toThrow('none that this release reads');
  });

  it('of the lake come back beside what is written since, whose ranges may be the same', async () => {
    const [lake, backup, again] = ['lake', 'backup', 'again'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    const place = 'tenant=acme/day=2026-11-02/enriched-0-0-9.parquet';
    await writeDocuments(join(lake, place), each(documents));
    const files = await copyLake(lake, backup);
    expect(files.map((one) => one.in)).toEqual([place]);
    await restoreLake(files, backup, again, { until: 7 });
    const back = join(again, 'tenant=acme/day=2026-11-02/restored-7-enriched-0-0-9.parquet');
    expect(readFileSync(back)).toEqual(readFileSync(join(lake, place)));
  });
});
