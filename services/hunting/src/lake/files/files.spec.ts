import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startS3Server, whyNoS3Server } from '#stack';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { askLake } from '../ask.js';
import { compactAll, type CompactionPorts } from '../compact.js';
import { openDuck, type Duck } from '../duck.js';
import { tenantsOf } from '../folders.js';
import { lakeIds } from '../ids.js';
import { keepWithin } from '../keep.js';
import type { TenantLakeEvent } from '../places.js';
import { scanDay } from '../scan.js';
import { writeRows } from '../write.js';
import { filesInFolder } from './folder.js';
import { openFiles } from './open.js';
import { FileGone, type FilesOfLake } from './port.js';

const noon = Date.UTC(2026, 10, 2, 12);
const PLACE = 'tenant=acme/day=2026-11-02/hour=12';

const row = (id: string, at = noon): TenantLakeEvent => ({
  ...{ tenant: 'acme', source: 'edr', kind: 'WINDOWS', context: undefined },
  event: {
    ...{ id, occurredAt: at, ingestedAt: noon, entity: 'host:ws1', flags: [], observables: [] },
    ocsf: { classUid: 1007, activityId: 1, severityId: 1, message: id },
    native: Buffer.from('{}'),
  },
});

const whyNone = whyNoS3Server();
let folder: string;
let store: Awaited<ReturnType<typeof startS3Server>> | undefined;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lake-'));
  if (whyNone === undefined) store = await startS3Server('lake');
}, 90_000);
afterAll(async () => {
  await store?.stop();
  await rm(folder, { recursive: true });
});
let last = 0;

const inBucket = (root: string): Promise<FilesOfLake> =>
  openFiles({
    ...{ LAKE_DIR: join(folder, 'local'), LAKE_S3_URL: `${store?.url}/lake/${root}`, LAKE_S3_REGION: '' },
    ...{ LAKE_S3_SECRET_FILE: '', LAKE_S3_CACHE_MB: 64 },
    ...{ AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: '' },
  });

describe.each<[string, (root: string) => Promise<FilesOfLake>]>([
  ['a folder', async (root) => filesInFolder(join(folder, root))],
  [whyNone === undefined ? 'a bucket' : `a bucket (skipped: ${whyNone})`, inBucket],
])('the lake in %s', (name, open) => {
  const it = name.includes('skipped') ? globalThis.it.skip : globalThis.it;
  let files: FilesOfLake;
  let duck: Duck;
  beforeEach(async () => {
    if (name.includes('skipped')) return;
    files = await open(`l${(last += 1)}`);
    duck = await openDuck(files, { memoryMb: 256 });
  });
  afterEach(async () => {
    duck?.close();
    await files?.close();
  });

  const put = (path: string, text = path) => files.write(path, (local) => writeFile(local, text));
  const paths = async (path: string) => (await files.list(path)).map((file) => file.path);
  const write = (name: string, ...rows: TenantLakeEvent[]) => writeRows(duck, [rows], `${name}.parquet`);
  const compact = (extra: Partial<CompactionPorts> = {}) =>
    compactAll({
      ...{ duck, now: () => Date.now() + DAY_MS / 2 },
      lease: () => ({ hold: async () => true, release: async () => undefined }),
      failed: (place, error) => {
        throw new Error(place, { cause: error });
      },
      ...extra,
    });
  const query = { from: noon - DAY_MS, to: noon + DAY_MS, source: '', filters: [], limit: 100 };

  it('lists folders and files, gives what was written last, and takes away', async () => {
    await put(`${PLACE}/b.parquet`);
    await put(`${PLACE}/a.parquet`, 'before');
    await put(`${PLACE}/a.parquet`, 'after');
    await put('tenant=globex/day=mixed/a.parquet');
    expect([await tenantsOf(files), await files.folders('tenant=acme')]).toEqual([
      ['acme', 'globex'],
      ['day=2026-11-02'],
    ]);
    expect(await files.list('tenant=acme')).toMatchObject([
      { path: `${PLACE}/a.parquet`, bytes: 5 },
      { path: `${PLACE}/b.parquet` },
    ]);
    await files.remove([`${PLACE}/a.parquet`, `${PLACE}/never.parquet`]);
    expect([await paths('tenant=acme'), await paths('tenant=nobody')]).toEqual([[`${PLACE}/b.parquet`], []]);
  });

  it('shows nothing of a file that could not be made', async () => {
    const broken = files.write(`${PLACE}/a.parquet`, async (local) => {
      await writeFile(local, 'half');
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await paths('')).toEqual([]);
  });

  it('keeps for who holds it long what is removed meanwhile, and says what is gone', async () => {
    await write('a', row('e1'));
    const [file] = await files.list('');
    const held = await files.hold([file!], 'long');
    await files.remove([file!.path]);
    const connection = await duck.connect();
    const reader = await connection.runAndReadAll(`SELECT id FROM '${held.local[0]}'`);
    connection.closeSync();
    expect(reader.getRows()).toEqual([['e1']]);
    held.release();
    await expect(files.hold([file!], 'long')).rejects.toThrow(FileGone);
  });

  it('sees each event once before, while and after an hour is compacted, by questions and by backtests', async () => {
    const ids = ['e1', 'e2', 'e3'];
    await write('a', row('e1'), row('e2'));
    await write('b', row('e2'), row('e3'));
    const seen = async () => (await askLake(duck, 'acme', query)).rows.map(([id]) => id);
    const scan = scanDay(duck, 'acme', { day: '2026-11-02', from: noon, to: noon + HOUR_MS })[Symbol.asyncIterator]();
    expect(await seen()).toEqual(ids);
    const first = await scan.next();
    const [compacted, during] = await Promise.all([compact(), seen()]);
    expect([compacted, during, await seen(), await lakeIds(duck, 'acme')]).toEqual([2, ids, ids, ids]);
    const scanned = [...(first.value ?? []), ...((await scan.next()).value ?? [])];
    expect([...new Set(scanned.map(({ id }: { id: string }) => id))].sort()).toEqual(ids);
  });

  it('leaves an hour as it is to who lost the lease, before its file stood there or after', async () => {
    for (const name of ['a', 'b']) await write(name, row(name));
    const held = (most: number) => {
      let holds = 0;
      return () => ({ hold: async () => (holds += 1) <= most, release: async () => undefined });
    };
    expect([await compact({ lease: held(0) }), await compact({ lease: held(1) }), (await paths('')).length]).toEqual([
      0, 0, 2,
    ]);
    expect([await compact({ lease: held(2) }), (await paths('')).length]).toEqual([0, 3]);
    expect([await lakeIds(duck, 'acme'), await compact(), (await paths('')).length]).toEqual([['a', 'b'], 3, 1]);
  });

  it('loses and doubles nothing where two replicas compact at once, each with the lease, while one asks', async () => {
    const root = `l${(last += 1)}`;
    const both = [await open(root), await open(root)];
    const ducks = await Promise.all(both.map((one) => openDuck(one, { memoryMb: 256 })));
    const ids = Array.from({ length: 20 }, (_, at) => `e${String(at).padStart(2, '0')}`);
    for (const [at, id] of ids.entries())
      await writeRows(
        ducks[at % 2]!,
        [[row(id), row(ids[at - 1] ?? id), { ...row(id), tenant: 'globex' }]],
        `${id}.parquet`,
      );
    const seen = async () => (await askLake(ducks[0]!, 'acme', query)).rows.map(([id]) => id);
    const [, , during] = await Promise.all([
      ...ducks.map((one) => compact({ duck: one, failed: () => undefined })),
      seen(),
    ]);
    expect([during, await seen(), await lakeIds(ducks[1]!, 'globex')]).toEqual([ids, ids, ids]);
    await compact({ duck: ducks[0]! });
    expect((await both[0]!.list('')).length).toBe(2);
    for (const one of ducks) one.close();
    await Promise.all(both.map((one) => one.close()));
  });

  it('takes away what is not kept any more', async () => {
    await write('a', row('old', noon - 10 * DAY_MS), row('new'));
    expect(await keepWithin(duck, { days: 5, byTenant: new Map() }, noon)).toEqual(new Map([['acme', 1]]));
    expect(await lakeIds(duck, 'acme')).toEqual(['new']);
  });
});
