import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HuntFilter, HuntQuery } from '#contracts';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { askLake } from './ask.js';
import { compactAll, type CompactionPorts } from './compact.js';
import { openDuck, type Duck } from './duck.js';
import { idsInLake, lakeIds } from './ids.js';
import { keepWithin } from './keep.js';
import { tenantFolder, tenantsOf } from './folders.js';
import { answered } from './question.js';
import { countDay, daysWithin, scanDay } from './scan.js';
import { MOST_DAYS, MOST_HOURS, type TenantLakeEvent } from './places.js';
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
    observables: [
      { kind: 'ip-address', value: '203.0.113.66' },
      { kind: 'domain', value: 'C2.test' },
    ],
    ocsf: {
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
  let lake: string;
  beforeEach(async () => {
    lake = await mkdtemp(join(tmpdir(), 'lake-'));
    duck = await openDuck(lake, { memoryMb: 256 });
  });
  afterEach(async () => {
    duck.close();
    await rm(lake, { recursive: true });
  });

  const NOON = 'day=2026-11-02/hour=12';
  const write = (rows: TenantLakeEvent[], name: string): Promise<void> => writeRows(duck, [rows], name);
  const folderOf = (tenant: string, place = NOON): string => join(lake, tenantFolder(tenant), place);
  const filesOf = async (tenant: string, place = NOON): Promise<string[]> =>
    (await duck.files.list(`${tenantFolder(tenant)}/${place}`)).map(({ path }) => join(lake, path));
  /** An hour after its end, unless said. */
  const compact = (extra: Partial<CompactionPorts> = {}): Promise<number> =>
    compactAll({
      duck,
      now: () => Date.now() + DAY_MS / 2,
      lease: () => ({ hold: async () => true, release: async () => undefined }),
      failed: (place, error) => {
        throw new Error(place, { cause: error });
      },
      ...extra,
    });

  const ids = async (query: HuntQuery, tenant = 'acme'): Promise<unknown[]> =>
    (await askLake(duck, tenant, query)).rows.map((one) => one[answered.indexOf('id')]).sort();

  it('keeps every column', async () => {
    await write([row('e1')], 'f.parquet');
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
    await write([row('e1')], 'f.parquet');
    const [file = ''] = await filesOf('acme');
    const connection = await duck.connect();
    await connection.run(`CREATE TABLE old AS SELECT * EXCLUDE (envelope) FROM '${file}'`);
    await connection.run(`COPY old TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    expect(await ids(question())).toEqual(['e1']);
    const day = { day: '2026-11-02', from: noon - DAY_MS, to: noon + DAY_MS };
    for await (const rows of scanDay(duck, 'acme', day)) expect(rows).toMatchObject([{ id: 'e1', native: '{"a":1}' }]);
  });

  it('keeps tenants and days apart', async () => {
    await write([row('e1'), row('e2', { tenant: 'globex' }), row('e3', { at: noon - 3 * DAY_MS })], 'f.parquet');
    expect(await ids(question())).toEqual(['e1']);
    expect(await ids(question({ from: noon - 4 * DAY_MS }))).toEqual(['e1', 'e3']);
    expect(await ids(question(), 'globex')).toEqual(['e2']);
    expect(await ids(question(), 'nobody')).toEqual([]);
    await expect(ids(question(), '../acme')).rejects.toThrow('cannot be a tenant');
  });

  it('makes a few files of a write, however many days its events claim, and finds each by its day all the same', async () => {
    const many = Array.from({ length: 300 }, (_, index) => row(`e${index}`, { at: noon - index * DAY_MS }));
    await write([...many, row('g', { tenant: 'globex', at: noon - 200 * DAY_MS })], 'f.parquet');
    expect([(await filesOf('acme', '')).length, await readdir(folderOf('globex', ''))]).toEqual([
      MOST_HOURS + MOST_DAYS + 1,
      ['day=2026-04-16'],
    ]);
    const day = (number: number) => question({ from: noon - number * DAY_MS - 1, to: noon - number * DAY_MS + 1 });
    expect([await ids(day(3)), await ids(day(250)), await ids(day(200), 'globex')]).toEqual([['e3'], ['e250'], ['g']]);
    const days = await daysWithin(duck.files, 'acme', noon - 250 * DAY_MS, noon - 248 * DAY_MS);
    expect(await Promise.all(days.map((one) => countDay(duck, 'acme', one)))).toEqual([0, 1, 1]);
    expect(await lakeIds(duck, 'acme')).toHaveLength(300);
  });

  it('keeps hours apart, and looks into those alone that a question asks for', async () => {
    await write([row('e1'), row('e2', { at: noon + HOUR_MS })], 'f.parquet');
    expect([(await filesOf('acme')).length, (await filesOf('acme', 'day=2026-11-02/hour=13')).length]).toEqual([1, 1]);
    await writeFile((await filesOf('acme'))[0] ?? '', 'no parquet');
    expect(await ids(question({ from: noon + HOUR_MS, to: noon + 2 * HOUR_MS }))).toEqual(['e2']);
  });

  it('reads what releases before the hours wrote, by day, and compacts it', async () => {
    await write([row('e1'), row('e2', { at: noon + HOUR_MS })], 'f.parquet');
    await rename((await filesOf('acme'))[0] ?? '', folderOf('acme', 'day=2026-11-02/old-1.parquet'));
    await rename(
      (await filesOf('acme', 'day=2026-11-02/hour=13'))[0] ?? '',
      folderOf('acme', 'day=2026-11-02/old-2.parquet'),
    );
    await write([row('e3')], 'g.parquet');
    expect(await ids(question({ from: noon, to: noon + HOUR_MS }))).toEqual(['e1', 'e3']);
    expect(await compact()).toBe(2);
    expect(await ids(question())).toEqual(['e1', 'e2', 'e3']);
  });

  it('compacts the hours of all others when one cannot be compacted', async () => {
    for (const tenant of ['acme', 'globex'])
      for (const name of ['a', 'b']) await write([row(name, { tenant })], `${name}.parquet`);
    await writeFile((await filesOf('acme'))[0] ?? '', 'no parquet');
    const failed: string[] = [];
    expect(await compact({ failed: (place) => failed.push(place) })).toBe(2);
    expect([failed, (await filesOf('globex')).length]).toEqual([[`tenant=acme/${NOON}`], 1]);
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
    await write([row('e1'), row('e2', { user: 'bob', host: 'srv1' })], 'f.parquet');
    expect(await ids(question(query))).toEqual(expected);
  });

  it('sees an event once, however often it came', async () => {
    await write([row('e1'), row('e2')], 'a.parquet');
    await write([row('e1'), row('e2')], 'a.parquet');
    await write([row('e2'), row('e3')], 'b.parquet');
    expect(await filesOf('acme')).toHaveLength(2);
    expect(await askLake(duck, 'acme', question())).toMatchObject({ scanned: 3, more: false, rows: { length: 3 } });
    expect(await askLake(duck, 'acme', question({ limit: 2 }))).toMatchObject({ more: true, rows: { length: 2 } });
    expect(await lakeIds(duck, 'acme')).toEqual(['e1', 'e2', 'e3']);
    expect(await idsInLake(lake, 'acme')).toEqual(['e1', 'e2', 'e3']);
  });

  it('compacts an hour to one file once it is over, one row an event, in the order of time', async () => {
    await write([row('e2'), row('e3', { at: noon + 3 })], 'a.parquet');
    await write([row('e1', { at: noon - 0 }), row('e2')], 'b.parquet');
    expect(await compact({ now: () => noon + HOUR_MS })).toBe(0);
    expect(await compact()).toBe(2);
    expect(await filesOf('acme')).toHaveLength(1);
    expect(await compact()).toBe(0);
    expect(await askLake(duck, 'acme', question())).toMatchObject({ scanned: 3 });
  });

  it('compacts late events into their hour, and loses none', async () => {
    for (const name of ['a', 'b']) await write([row(name)], `${name}.parquet`);
    await compact();
    await write([row('b')], 'b.parquet');
    await write([row('late')], 'late.parquet');
    expect(await compact()).toBe(3);
    expect([await ids(question()), (await filesOf('acme')).length]).toEqual([['a', 'b', 'late'], 1]);
  });

  it('keeps the hours of a tenant as long as was agreed, by the time of their events', async () => {
    for (const tenant of ['acme', 'globex', 'initech'])
      await write([row('old', { tenant, at: noon - 10 * DAY_MS }), row('new', { tenant })], 'f.parquet');
    const kept = {
      days: 10,
      byTenant: new Map([
        ['globex', 30],
        ['initech', 0],
      ]),
    };
    expect(await keepWithin(duck, kept, noon + HOUR_MS - 1)).toEqual(new Map());
    expect(await keepWithin(duck, kept, noon + HOUR_MS)).toEqual(new Map([['acme', 1]]));
    const whole = question({ from: noon - 20 * DAY_MS });
    expect([await ids(whole), await ids(whole, 'globex')]).toEqual([['new'], ['new', 'old']]);
    expect(await readdir(folderOf('acme', ''))).toEqual(['day=2026-11-02']);
  });

  it('puts on the disk what memory does not hold, as much as it may', async () => {
    const sorted = (spillMb: number) => async (): Promise<void> => {
      const small = await openDuck(lake, { memoryMb: 64, threads: 1, spillMb });
      const connection = await small.connect();
      try {
        await connection.run(
          'CREATE TEMP TABLE t AS SELECT range, repeat(md5(range::VARCHAR), 8) FROM range(400000) ORDER BY 2',
        );
      } finally {
        connection.closeSync();
        small.close();
      }
    };
    await expect(sorted(0)()).rejects.toThrow(/Out of Memory|memory/i);
    await sorted(1_024)();
    expect(await readdir(lake)).toEqual([]);
  });

  it('leaves an hour to whoever has its lease', async () => {
    for (const name of ['a', 'b']) await write([row(name)], `${name}.parquet`);
    const held = { hold: async () => false, release: async () => undefined };
    expect([await compact({ lease: () => held }), (await filesOf('acme')).length]).toEqual([0, 2]);
  });

  it.each([
    ['before its file stood there, changes nothing', 1, ['a.parquet', 'b.parquet']],
    ['after it, takes away nothing', 2, ['a.parquet', 'b.parquet', expect.stringMatching(/^compacted-/)]],
  ])('whose lease was lost %s', async (_when, held, expected) => {
    for (const name of ['a', 'b']) await write([row(name)], `${name}.parquet`);
    let holds = 0;
    const lease = { hold: async () => (holds += 1) <= held, release: async () => undefined };
    expect(await compact({ lease: () => lease })).toBe(0);
    expect((await readdir(folderOf('acme'))).sort()).toEqual(expected);
    expect(await ids(question())).toEqual(['a', 'b']);
    expect(await compact()).toBeGreaterThan(1);
    expect([await ids(question()), (await filesOf('acme')).length]).toEqual([['a', 'b'], 1]);
  });

  it('compacts what an earlier release wrote for a name that is none of a tenant today, and nothing beside it', async () => {
    await write([row('e1')], 'a.parquet');
    await write([row('e2')], 'b.parquet');
    await rename(folderOf('acme', ''), join(lake, 'tenant=acme-'));
    for (const odd of ['tenant=..', 'tenant=a.b', 'tenant=*', 'tenant=', 'acme'])
      await mkdir(join(lake, odd, 'day=2026-11-02'), { recursive: true });
    expect(await tenantsOf(duck.files)).toEqual(['acme-']);
    expect(await compact()).toBe(2);
  });

  it('writes a file for each batch of thousands', async () => {
    const rows = Array.from({ length: 5_000 }, (_, at) => row(`e${at}`));
    await write(rows, 'a.parquet');
    expect(await lakeIds(duck, 'acme')).toHaveLength(5_000);
  });

  it('writes the same file twice at once', async () => {
    await Promise.all([write([row('e1')], 'a.parquet'), write([row('e1')], 'a.parquet')]);
    expect(await ids(question())).toEqual(['e1']);
    expect((await readdir(folderOf('acme', ''), { recursive: true })).sort()).toEqual([
      'day=2026-11-02',
      NOON,
      `${NOON}/a.parquet`,
    ]);
  });

  it('leaves nothing of a write that failed', async () => {
    const folder = folderOf('acme');
    await mkdir(join(folder, 'a.parquet'), { recursive: true });
    await expect(write([row('e1')], 'a.parquet')).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['a.parquet']);
  });

  it('reaches nothing outside of the lake', async () => {
    const connection = await duck.connect();
    await expect(connection.run(`COPY (SELECT 1) TO '${join(tmpdir(), 'acme')}.csv'`)).rejects.toThrow(/Permission/);
    await expect(connection.run('SET enable_external_access = true')).rejects.toThrow();
    connection.closeSync();
  });
});
