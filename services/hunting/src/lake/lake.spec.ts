import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HuntFilter, HuntQuery } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { askLake } from './ask.js';
import { compactAll } from './compact.js';
import { openDuck, type Duck } from './duck.js';
import { idsInLake, lakeIds } from './ids.js';
import { MOST_DAYS } from './days.js';
import { dayFolder, filesOf, tenantFolder, tenantsOf } from './folders.js';
import { answered } from './question.js';
import { countDay, daysWithin, scanDay } from './scan.js';
import type { TenantLakeEvent } from './days.js';
import { writeRows } from './write.js';

const noon = Date.UTC(2026, 10, 2, 12);

const row = (
  id: string,
  extra: { tenant?: string; at?: number; user?: string; host?: string; native?: string } = {},
): TenantLakeEvent => ({
  tenant: extra.tenant ?? 'acme',
  source: 'edr',
  kind: 'WINDOWS',
  context: undefined,
  event: {
    id,
    occurredAt: extra.at ?? noon,
    ingestedAt: noon,
    entity: `host:${extra.host ?? 'ws1'}`,
    flags: [],
    partition: 0,
    offset: 1,
    index: 0,
    observables: [
      { kind: 'ip-address', value: '203.0.113.66' },
      { kind: 'domain', value: 'C2.test' },
    ],
    ocsf: {
      categoryUid: 1,
      classUid: 1007,
      activityId: 1,
      severityId: 1,
      message: 'It\'s a "test"',
      device: { hostname: extra.host ?? 'ws1' },
      actor: { userName: extra.user ?? 'ada' },
    },
    native: Buffer.from(extra.native ?? '{"a":1}'),
  },
});

const question = (extra: Partial<HuntQuery> = {}): HuntQuery => ({
  from: noon - DAY_MS,
  to: noon + DAY_MS,
  source: '',
  filters: [],
  limit: 100,
  ...extra,
});
const where = (field: string, operator: HuntFilter['operator'], value: string): Partial<HuntQuery> => ({
  filters: [{ field, operator, value }],
});

describe('the lake on disk', () => {
  let duck: Duck;
  beforeEach(async () => {
    duck = await openDuck(await mkdtemp(join(tmpdir(), 'lake-')), { memoryMb: 256 });
  });
  afterEach(async () => {
    duck.close();
    await rm(duck.lake, { recursive: true });
  });

  const ids = async (query: HuntQuery, tenant = 'acme'): Promise<unknown[]> =>
    (await askLake(duck, tenant, query)).rows.map((one) => one[answered.indexOf('id')]).sort();

  it('keeps every column', async () => {
    await writeRows(duck, [row('e1')], 'f.parquet');
    const {
      rows: [found = []],
      scanned,
    } = await askLake(duck, 'acme', question());
    expect(scanned).toBe(1);
    expect(Object.fromEntries(answered.map((name, at) => [name, found[at]]))).toMatchObject({
      id: 'e1',
      occurred_at: '2026-11-02T12:00:00.000Z',
      source: 'edr',
      kind: 'WINDOWS',
      class_uid: 1007,
      entity: 'host:ws1',
      host: 'ws1',
      user: 'ada',
      message: 'It\'s a "test"',
      domain: 'C2.test',
      observables: ['ip-address:203.0.113.66', 'domain:c2.test'],
      indicators: [],
      src_ip: null,
      native: '{"a":1}',
      score: 0,
    });
  });

  it('reads files of before a column was there', async () => {
    await writeRows(duck, [row('e1')], 'f.parquet');
    const [file = ''] = await filesOf(duck.lake, 'acme', '2026-11-02');
    const connection = await duck.connect();
    await connection.run(`CREATE TABLE old AS SELECT * EXCLUDE (envelope) FROM '${file}'`);
    await connection.run(`COPY old TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    expect(await ids(question())).toEqual(['e1']);
    const day = { day: '2026-11-02', from: noon - DAY_MS, to: noon + DAY_MS };
    for await (const rows of scanDay(duck, 'acme', day)) expect(rows).toMatchObject([{ id: 'e1', native: '{"a":1}' }]);
  });

  it('keeps tenants and days apart', async () => {
    await writeRows(
      duck,
      [row('e1'), row('e2', { tenant: 'globex' }), row('e3', { at: noon - 3 * DAY_MS })],
      'f.parquet',
    );
    expect(await ids(question())).toEqual(['e1']);
    expect(await ids(question({ from: noon - 4 * DAY_MS }))).toEqual(['e1', 'e3']);
    expect(await ids(question(), 'globex')).toEqual(['e2']);
    expect(await ids(question(), 'nobody')).toEqual([]);
    await expect(ids(question(), '../acme')).rejects.toThrow('cannot be a tenant');
  });

  it('makes a few files of a write, however many days its events claim, and finds each by its day all the same', async () => {
    const many = Array.from({ length: 300 }, (_, index) => row(`e${index}`, { at: noon - index * DAY_MS }));
    await writeRows(duck, [...many, row('g', { tenant: 'globex', at: noon - 200 * DAY_MS })], 'f.parquet');
    expect([
      (await readdir(tenantFolder(duck.lake, 'acme'))).length,
      await readdir(tenantFolder(duck.lake, 'globex')),
    ]).toEqual([MOST_DAYS + 1, ['day=2026-04-16']]);
    const day = (number: number) => question({ from: noon - number * DAY_MS - 1, to: noon - number * DAY_MS + 1 });
    expect([await ids(day(3)), await ids(day(250)), await ids(day(200), 'globex')]).toEqual([['e3'], ['e250'], ['g']]);
    const days = await daysWithin(duck.lake, 'acme', noon - 250 * DAY_MS, noon - 248 * DAY_MS);
    expect(await Promise.all(days.map((one) => countDay(duck, 'acme', one)))).toEqual([0, 1, 1]);
    expect(await lakeIds(duck, 'acme')).toHaveLength(300);
  });

  it('compacts the days of all others when one cannot be compacted', async () => {
    for (const tenant of ['acme', 'globex'])
      for (const name of ['a', 'b']) await writeRows(duck, [row(name, { tenant })], `${name}.parquet`);
    const [file = ''] = await filesOf(duck.lake, 'acme', '2026-11-02');
    await writeFile(file, 'no parquet');
    const failed: string[] = [];
    expect(await compactAll(duck, 2, (tenant, day) => failed.push(`${tenant} ${day}`))).toBe(2);
    expect([failed, (await filesOf(duck.lake, 'globex', '2026-11-02')).length]).toEqual([['acme 2026-11-02'], 1]);
  });

  it.each<[string, Partial<HuntQuery>, string[]]>([
    ['equality, whatever the case', where('user', 'EQUALS', 'ADA'), ['e1']],
    ['a part', where('host', 'CONTAINS', 'S'), ['e1', 'e2']],
    ['a beginning', where('host', 'STARTS_WITH', 'srv'), ['e2']],
    ['an end', where('host', 'ENDS_WITH', '1'), ['e1', 'e2']],
    ['a number', where('class_uid', 'EQUALS', '1007'), ['e1', 'e2']],
    ['an element of a list', where('observables', 'EQUALS', 'domain:c2.test'), ['e1', 'e2']],
    ['a source', { source: 'other' }, []],
    ['text that would be SQL', where('user', 'EQUALS', "' OR '1'='1"), []],
    ['a wildcard taken as it is', where('user', 'CONTAINS', '%'), []],
  ])('finds by %s', async (_name, query, expected) => {
    await writeRows(duck, [row('e1'), row('e2', { user: 'bob', host: 'srv1' })], 'f.parquet');
    expect(await ids(question(query))).toEqual(expected);
  });

  it('sees an event once, however often it came', async () => {
    await writeRows(duck, [row('e1'), row('e2')], 'a.parquet');
    await writeRows(duck, [row('e1'), row('e2')], 'a.parquet');
    await writeRows(duck, [row('e2'), row('e3')], 'b.parquet');
    expect(await filesOf(duck.lake, 'acme', '2026-11-02')).toHaveLength(2);
    expect(await askLake(duck, 'acme', question())).toMatchObject({ scanned: 3, more: false, rows: { length: 3 } });
    expect(await askLake(duck, 'acme', question({ limit: 2 }))).toMatchObject({ more: true, rows: { length: 2 } });
    expect(await lakeIds(duck, 'acme')).toEqual(['e1', 'e2', 'e3']);
    expect(await idsInLake(duck.lake, 'acme')).toEqual(['e1', 'e2', 'e3']);
  });

  it('compacts a day to one file, one row an event', async () => {
    await writeRows(duck, [row('e1'), row('e2')], 'a.parquet');
    await writeRows(duck, [row('e2'), row('e3')], 'b.parquet');
    expect(await compactAll(duck, 3)).toBe(0);
    expect(await compactAll(duck, 2)).toBe(2);
    expect(await filesOf(duck.lake, 'acme', '2026-11-02')).toHaveLength(1);
    await writeRows(duck, [row('e2'), row('e3')], 'b.parquet');
    expect(await compactAll(duck, 2)).toBe(2);
    expect(await ids(question())).toEqual(['e1', 'e2', 'e3']);
  });

  it('compacts what an earlier release wrote for a name that is none of a tenant today, and nothing beside it', async () => {
    await writeRows(duck, [row('e1')], 'a.parquet');
    await writeRows(duck, [row('e2')], 'b.parquet');
    await rename(tenantFolder(duck.lake, 'acme'), join(duck.lake, 'tenant=acme-'));
    for (const odd of ['tenant=..', 'tenant=a.b', 'tenant=*', 'tenant=', 'acme'])
      await mkdir(join(duck.lake, odd, 'day=2026-11-02'), { recursive: true });
    expect(await tenantsOf(duck.lake)).toEqual(['acme-']);
    expect(await compactAll(duck, 2)).toBe(2);
  });

  it('writes a file for each batch of thousands', async () => {
    await writeRows(
      duck,
      Array.from({ length: 5_000 }, (_, at) => row(`e${at}`)),
      'a.parquet',
    );
    expect(await lakeIds(duck, 'acme')).toHaveLength(5_000);
  });

  it('writes the same file twice at once', async () => {
    await Promise.all([writeRows(duck, [row('e1')], 'a.parquet'), writeRows(duck, [row('e1')], 'a.parquet')]);
    expect(await ids(question())).toEqual(['e1']);
    expect((await readdir(tenantFolder(duck.lake, 'acme'), { recursive: true })).sort()).toEqual([
      'day=2026-11-02',
      'day=2026-11-02/a.parquet',
    ]);
  });

  it('leaves nothing of a write that failed', async () => {
    const folder = dayFolder(duck.lake, 'acme', '2026-11-02');
    await mkdir(join(folder, 'a.parquet'), { recursive: true });
    await expect(writeRows(duck, [row('e1')], 'a.parquet')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a.parquet']);
  });

  it('reaches nothing outside of the lake', async () => {
    const connection = await duck.connect();
    await expect(connection.run(`COPY (SELECT 1) TO '${tenantFolder(tmpdir(), 'acme')}.csv'`)).rejects.toThrow(
      /Permission/,
    );
    await expect(connection.run('SET enable_external_access = true')).rejects.toThrow();
    connection.closeSync();
  });
});
