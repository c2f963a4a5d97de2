import { mkdtemp, rename, rm, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HuntFilter, HuntQuery } from '#contracts';
import { DAY_MS, HOUR_MS } from '#libs/terms';
import { askLake } from './ask.js';
import { compactAll } from './compact.js';
import { openDuck, type Duck } from './duck.js';
import { answered } from './question.js';
import type { TenantLakeEvent } from './places.js';
import { looksOf, stepsOf } from './search.js';
import { writeRows } from './write.js';

const first = Date.UTC(2026, 10, 2, 6);
const MIB = 1024 * 1024;

/** Of six hours; four of each moment, under ids that are in no order. */
const rowOf = (index: number): TenantLakeEvent => ({
  tenant: 'acme',
  source: index % 3 === 0 ? 'edr' : 'dns',
  kind: 'WINDOWS',
  context: undefined,
  event: {
    id: `id-${(index * 7_919) % 1_000}`,
    occurredAt: first + Math.floor(index / 4) * 5 * 60_000,
    ingestedAt: first,
    entity: 'host:ws1',
    flags: [],
    observables: [{ kind: 'domain', value: `C${index % 7}.test` }],
    ocsf: { classUid: 1000 + (index % 5), activityId: 1, severityId: 1, message: `Event ${index}`, actor: {} },
    native: Buffer.from(JSON.stringify({ index, text: index % 50 === 0 ? 'MimiKatz' : 'x'.repeat(5_000) })),
  },
});
const all = Array.from({ length: 288 }, (_, index) => rowOf(index));

/** The plain reading of a question. */
const expected = (query: HuntQuery, isMatch: (row: TenantLakeEvent) => boolean) => {
  const inScope = all.filter(
    ({ source, event: { occurredAt: at } }) =>
      at >= query.from && at < query.to && (query.source === '' || source === query.source),
  );
  const found = inScope
    .filter(isMatch)
    .sort((a, b) => b.event.occurredAt - a.event.occurredAt || (a.event.id < b.event.id ? -1 : 1));
  return {
    ids: found.slice(0, query.limit).map(({ event: { id } }) => id),
    natives: found.slice(0, query.limit).map(({ event: { native } }) => native.toString().slice(0, 4_096)),
    scanned: inScope.length,
    more: found.length > query.limit,
  };
};

const question = (extra: Partial<HuntQuery>): HuntQuery => ({
  ...{ from: first - DAY_MS, to: first + DAY_MS, source: '', filters: [], limit: 500 },
  ...extra,
});
const where = (field: string, operator: HuntFilter['operator'], value: string): Partial<HuntQuery> => ({
  filters: [{ field, operator, value }],
});

describe('looking for the latest', () => {
  let lake: string;
  let duck: Duck;

  /** Compacted hours, one that events came late to, others not compacted, what came twice, and, of acme, mixed. */
  beforeAll(async () => {
    lake = await mkdtemp(join(tmpdir(), 'lake-'));
    duck = await openDuck(lake, { memoryMb: 256 });
    const write = (rows: TenantLakeEvent[], name: string) =>
      writeRows(duck, [rows, rows.map((row) => ({ ...row, tenant: 'globex' }))], name);
    for (const [at, name] of ['a', 'b'].entries())
      await write(
        all.slice(0, 190).filter((_, index) => index % 2 === at),
        `${name}.parquet`,
      );
    const ports = {
      now: () => Date.now() + DAY_MS / 2,
      lease: () => ({ hold: async () => true, release: async () => undefined }),
    };
    await compactAll({
      ...{ duck, ...ports },
      failed: (place, error) => {
        throw new Error(place, { cause: error });
      },
    });
    await write(all.slice(180, 288), 'c.parquet');
    await write(all.slice(200, 260), 'd.parquet');
    await write([all[5]!, all[100]!], 'late.parquet');
    const mixed = join(lake, 'tenant=acme/day=mixed/e.parquet');
    await mkdir(dirname(mixed), { recursive: true });
    await rename(join(lake, 'tenant=acme/day=2026-11-02/hour=06/late.parquet'), mixed);
  });
  afterAll(async () => {
    duck.close();
    await rm(lake, { recursive: true });
  });

  /** Where files are large, each is looked into by itself, and held by itself where no more than one is held. */
  const withSizes = (bytes: number | undefined, mostHeldBytes: number): Duck => ({
    ...duck,
    files: {
      ...duck.files,
      mostHeldBytes,
      list: async (path) =>
        (await duck.files.list(path)).map((file) => (bytes === undefined ? file : { ...file, bytes })),
    },
  });

  it.each<[string, Partial<HuntQuery>, (row: TenantLakeEvent) => boolean]>([
    ['all', {}, () => true],
    ['no more than some', { limit: 10 }, () => true],
    ['exactly as many as there are', { limit: 288 }, () => true],
    ['some among ties', { limit: 6 }, () => true],
    ['two hours of a source', { source: 'edr', from: first + HOUR_MS, to: first + 3 * HOUR_MS, limit: 7 }, () => true],
    ['a part of an hour', { from: first + 61, to: first + HOUR_MS - 61, limit: 3 }, () => true],
    ['a number', where('class_uid', 'EQUALS', '1003'), ({ event }) => event.ocsf.classUid === 1003],
    [
      'a list, whatever the case',
      { ...where('observables', 'EQUALS', 'DOMAIN:c3.TEST'), limit: 20 },
      ({ event }) => event.observables[0]?.value === 'C3.test',
    ],
    [
      'a part of a list',
      where('observables', 'CONTAINS', 'c5.t'),
      ({ event }) => event.observables[0]?.value === 'C5.test',
    ],
    ['text', where('message', 'ENDS_WITH', 'event 7'), ({ event }) => event.ocsf.message === 'Event 7'],
    [
      "the vendor's text",
      where('native', 'CONTAINS', 'mimikatz'),
      ({ event }) => event.native.toString().includes('Mimi'),
    ],
    ['what is empty everywhere', where('envelope', 'CONTAINS', 'x'), () => false],
    ['an id', where('id', 'EQUALS', 'ID-919'), ({ event }) => event.id === 'id-919'],
  ])(
    'answers %s as a plain reading does, in one step or in many, all at once or file by file',
    async (_name, extra, isMatch) => {
      const query = question(extra);
      const { ids, natives, scanned, more } = expected(query, isMatch);
      const ways = ['acme', 'globex'].flatMap((tenant) =>
        [
          { bytes: undefined, held: Infinity },
          { bytes: 64 * MIB, held: Infinity },
          { bytes: 64 * MIB, held: 1 },
        ].map((way) => ({ tenant, ...way })),
      );
      for (const { tenant, bytes, held } of ways) {
        const answer = await askLake(withSizes(bytes, held), tenant, query);
        expect([answer.scanned, answer.more]).toEqual([scanned, more]);
        expect(answer.rows.map((row) => row[answered.indexOf('id')])).toEqual(ids);
        expect(answer.rows.map((row) => row[answered.indexOf('native')])).toEqual(natives);
      }
    },
  );

  it('looks into the latest files first, and into more each time', () => {
    const files = Array.from({ length: 24 }, (_, hour) => {
      const path = `tenant=acme/day=2026-11-02/hour=${String(hour).padStart(2, '0')}/compacted-a.parquet`;
      return { path, bytes: 3 * MIB, changedAt: 0 };
    });
    const steps = stepsOf(files);
    expect(steps.map((step) => step.files.length)).toEqual([2, 6, 16]);
    expect([steps[0]?.files, steps[0]?.laterUntil]).toEqual([[files[23], files[22]], Date.UTC(2026, 10, 2, 22)]);
    expect(steps.at(-1)?.laterUntil).toBe(-Infinity);
    expect(stepsOf(files, 10 * MIB).map((step) => step.files.length)).toEqual([2, 3, 3, 3, 3, 3, 3, 3, 1]);
    expect(stepsOf(files, MIB).length).toBe(24);
    expect([looksOf(files, 72 * MIB).length, looksOf(files, 10 * MIB).length]).toEqual([1, 9]);
  });
});
