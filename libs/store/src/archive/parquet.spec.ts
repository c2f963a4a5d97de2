import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetIn, type ArchivedRow } from './parquet.js';

const NAMES = ["case/acme/o'brien", 'case/acme/a\0b', 'case/acme/\\', 'case/acme/a"b', 'case/acme/é?'];

it('reads the rows of a stream whatever it is called', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parquet-'));
  const parquet = parquetIn(folder);
  const file = join(folder, 'all.parquet');
  const rows = NAMES.map(
    (stream, at): ArchivedRow => ({
      ...{ stream, version: 2, place: `${at}`, types: '', document: Buffer.from([at]) },
    }),
  );
  try {
    await parquet.write(file, rows);
    for (const row of rows) {
      const found: ArchivedRow[] = [];
      for await (const one of parquet.read({ files: [file], streams: [row.stream], by: 'stream' })) found.push(one);
      expect(found).toEqual([row]);
    }
    const within: string[] = [];
    for await (const one of parquet.read({ files: [file], from: '1', to: '3', by: 'place' })) within.push(one.stream);
    expect(within).toEqual(NAMES.slice(1, 3));
  } finally {
    await parquet.close();
    await rm(folder, { recursive: true });
  }
});
