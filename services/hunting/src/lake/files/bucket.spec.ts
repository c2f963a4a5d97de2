import { mkdirSync, utimesSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Failed, type Bucket, type S3Object } from '#libs/s3';
import { DAY_MS } from '#libs/terms';
import { filesInBucket } from './bucket.js';
import { checked } from './checked.js';
import type { LakeFile } from './port.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-'));
});
afterEach(() => rm(folder, { recursive: true }));

const objectOf = (key: string): S3Object => ({ key, bytes: 4, changedAt: 1, version: '1' });
const fileOf = (path: string, version = '1'): LakeFile => ({ path, bytes: 4, changedAt: 1, version });
const isHere = async (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([work.then(() => true), new Promise<false>((no) => setImmediate(() => setImmediate(() => no(false))))]);

/** A bucket whose every object is its own name, and that tells what it was asked for. */
const bucketOf = (special: Partial<Bucket> = {}) => {
  const got: string[] = [];
  const bucket: Bucket = {
    page: async () => ({ objects: [], folders: [], isTruncated: false, token: '' }),
    list: async () => ({ objects: [], folders: [], pages: 1 }),
    get: async (key, file) => {
      got.push(key);
      await writeFile(file, key);
      return '1';
    },
    put: async () => '1',
    remove: async () => undefined,
    ...special,
  };
  return { bucket, got };
};

it.each<[string, string[][], string[], number]>([
  [
    'when nothing of it is missing in the next, which counts',
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ],
    ['a', 'b', 'c'],
    2,
  ],
  [
    'again when a file became another',
    [
      ['a', 'c'],
      ['c', 'z'],
      ['c', 'z'],
    ],
    ['c', 'z'],
    3,
  ],
  ['five times at most', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']], ['e'], 5],
])('believes a listing of several pages %s', async (_name, listings, expected, times) => {
  let asked = 0;
  const { bucket } = bucketOf({
    list: async () => ({
      objects: (listings[asked++] ?? []).map((one) => objectOf(`${one}.parquet`)),
      folders: [],
      pages: 2,
    }),
  });
  const files = filesInBucket(bucket, folder, 100);
  expect((await files.list('tenant=acme')).map(({ path }) => path)).toEqual(expected.map((one) => `${one}.parquet`));
  expect(asked).toBe(times);
});

it('keeps what was read last, as much as it may, and nothing when it is closed', async () => {
  const { bucket, got } = bucketOf();
  const files = filesInBucket(bucket, folder, 8);
  const read = async (...names: string[]): Promise<number> => {
    const before = got.length;
    const held = await files.hold(names.map((one) => fileOf(one)));
    expect(await Promise.all(held.local.map((one) => readFile(one, 'utf8')))).toEqual(names);
    held.release();
    return got.length - before;
  };
  expect([await read('a'), await read('b'), await read('a', 'b')]).toEqual([1, 1, 0]);
  expect([await read('c'), await read('b'), await read('a')]).toEqual([1, 0, 1]);
  (await files.hold([fileOf('a', '2')])).release();
  expect(got.at(-1)).toBe('a');
  await files.close();
  expect(await readdir(folder)).toEqual([]);
});

it('has who wants more wait until there is room, but whoever wants more than all alone', async () => {
  const files = filesInBucket(bucketOf().bucket, folder, 8);
  const first = await files.hold([fileOf('a')]);
  const large = files.hold([fileOf('b'), fileOf('c'), fileOf('d')]);
  const last = files.hold([fileOf('e')]);
  expect([await isHere(large), await isHere(last)]).toEqual([false, false]);
  first.release();
  first.release();
  (await large).release();
  (await last).release();
});

it('lets go at once what is not in the lake any more: removed here, by others, or with its tenant', async () => {
  const paths = ['tenant=acme/day=x/a.parquet', 'tenant=acme/day=x/b.parquet', 'tenant=globex/day=x/c.parquet'];
  const { bucket, got } = bucketOf({
    list: async (_prefix, delimiter) => ({
      ...{ objects: [objectOf(paths[0]!)], folders: delimiter === '/' ? ['tenant=acme/'] : [], pages: 1 },
    }),
  });
  const files = filesInBucket(bucket, folder, 100);
  const again = async (): Promise<string[]> => {
    got.length = 0;
    (await files.hold(paths.map((one) => fileOf(one)))).release();
    return got.map((one) => one.slice(-9, -8));
  };
  expect(await again()).toEqual(['a', 'b', 'c']);
  await files.list('tenant=acme');
  expect(await again()).toEqual(['b']);
  await files.folders('');
  expect(await again()).toEqual(['c']);
  await files.remove([paths[0]!]);
  expect(await again()).toEqual(['a']);
});

it('takes away what processes left that were killed, and nothing of who lives', async () => {
  const old = (Date.now() - 2 * DAY_MS) / 1_000;
  const names = [
    `.bucket-${hostname()}~${process.pid}.1~before`,
    `.bucket-${hostname()}~999999999.1~gone`,
    `.bucket-${hostname()}~${process.ppid}.1~lives`,
    '.bucket-other~1.1~new',
    '.bucket-other~1.1~old',
  ];
  for (const name of names) mkdirSync(join(folder, name));
  utimesSync(join(folder, names[4]!), old, old);
  const [one, other] = [filesInBucket(bucketOf().bucket, folder, 1), filesInBucket(bucketOf().bucket, folder, 1)];
  const left = (await readdir(folder)).map((name) => name.split('~').at(-1)).filter((name) => !name?.includes('-'));
  expect(left.sort()).toEqual(['lives', 'new']);
  await Promise.all([one.close(), other.close()]);
});

it.each<[keyof Bucket, string, string]>([
  ['page', 'listed', 's3:ListBucket'],
  ['put', 'written', 's3:PutObject'],
  ['get', 'read', 's3:GetObject'],
  ['remove', 'taken away from', 's3:DeleteObject'],
])('says at the start which right is missing: %s', async (method, what, right) => {
  const { bucket } = bucketOf({ [method]: () => Promise.reject(new S3Failed('X', 'k', 403, 'AccessDenied')) });
  await expect(checked(bucket, folder, 'https://s3.test/lake')).rejects.toThrow(
    `the lake's bucket, LAKE_S3_URL https://s3.test/lake, cannot be ${what}: S3 answered X k with 403 AccessDenied; its key needs ${right}`,
  );
});
