import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AnyRequestDraft,
  BacktestAsk,
  BacktestAsked,
  BacktestFinished,
  BacktestPage,
  BacktestSupply,
  TelemetryEnriched,
  TelemetryEvent,
} from '#contracts';
import { encode } from '#libs/events';
import { openBucket, placeOf } from '#libs/s3';
import { DAY_MS } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { startS3Server, whyNoS3Server } from '#stack';
import { hunting } from '../src/hunting.module.js';
import { supplied } from './backtest-world.js';
import { openDuck, type Duck } from '../src/lake/duck.js';
import { filesInBucket } from '../src/lake/files/bucket.js';
import { lakeIds } from '../src/lake/ids.js';

const noon = Date.UTC(2026, 10, 2, 12);

const eventOf = (id: string, image: string, days: number): TelemetryEvent => ({
  id,
  occurredAt: noon - days * DAY_MS,
  ingestedAt: noon,
  entity: 'host:ws1',
  observables: [],
  flags: [],
  partition: 0,
  offset: 1,
  index: 0,
  native: Buffer.from(
    JSON.stringify({ Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: image, User: id }),
  ),
  ocsf: { categoryUid: 1, classUid: 1007, activityId: 1, severityId: 1, message: 'm' },
});
const enriched = (...events: TelemetryEvent[]): TelemetryEnriched => ({
  type: 'telemetry.enriched',
  context: [],
  complete: true,
  batch: encode({ type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events }),
});
const rule = (id: string, image: string) => ({
  path: `${id}.yml`,
  text: `title: Rule ${id}\nid: ${id}\nlogsource: { product: windows, category: process_creation }\ndetection: { selection: { Image: ${image} }, condition: selection }\n`,
});
const ask = (backtestId: string, special: Partial<BacktestAsk> = {}): BacktestAsk => ({
  type: 'backtest.ask',
  backtestId,
  ruleId: '',
  files: [rule('r', 'a.exe')],
  from: noon - 7 * DAY_MS,
  to: noon + 1,
  mostEvents: 1_000,
  ...special,
});

const whyNone = whyNoS3Server();
const where = whyNone === undefined ? 'a bucket' : `a folder (a bucket is skipped: ${whyNone})`;

describe(`backtests over ${where}, Kafka in and Kafka out`, () => {
  const lake = mkdtempSync(join(tmpdir(), 'lake-'));
  const keys = { accessKeyId: 'key', secretAccessKey: 'secret' };
  let store: Awaited<ReturnType<typeof startS3Server>> | undefined;
  let duck: Duck;
  let world: World;
  beforeAll(async () => {
    if (whyNone === undefined) store = await startS3Server('lake');
    const LAKE_S3_SECRET_FILE = join(lake, 'keys.json');
    writeFileSync(LAKE_S3_SECRET_FILE, JSON.stringify(keys));
    const ofBucket = store ? { LAKE_S3_URL: `${store.url}/lake/of-tests`, LAKE_S3_SECRET_FILE } : {};
    world = await startWorld([hunting], {
      environment: { hunting: { LAKE_DIR: lake, LAKE_WAIT_MS: '100', ...ofBucket } },
    });
    const bucket = store && openBucket(placeOf(`${store.url}/lake/of-tests`)!, { secret: async () => keys });
    duck = await openDuck(bucket ? filesInBucket(bucket, join(lake, 'of-test'), 2 ** 26) : lake);
    await world.say(
      'acme',
      enriched(
        eventOf('a1', 'a.exe', 0),
        eventOf('a2', 'a.exe', 1),
        eventOf('a3', 'b.exe', 1),
        eventOf('old', 'a.exe', 30),
      ),
    );
    await world.say('globex', enriched(eventOf('g1', 'a.exe', 0)));
    await world.until(
      'the lake',
      async () => (await lakeIds(duck, 'acme')).length === 4 && (await lakeIds(duck, 'globex')).length === 1,
    );
  });
  afterAll(async () => {
    await world?.stop();
    duck?.close();
    await store?.stop();
    rmSync(lake, { recursive: true });
  });

  const all = <M extends { backtestId: string; type: string }>(type: M['type'], tenant: string, id: string): M[] =>
    world
      .heard<M>(type, tenant)
      .map(({ message }) => message)
      .filter(({ backtestId }) => backtestId === id);
  /** Stands in for detection. */
  const supply = async (tenant: string, backtestId: string, special: Partial<BacktestSupply> = {}) => {
    await world.until('the question', () => all<BacktestAsked>('backtest.asked', tenant, backtestId)[0]);
    const request: BacktestSupply = {
      type: 'backtest.supply',
      backtestId,
      ...supplied,
      failure: null,
      ...special,
    };
    return world.ask(tenant, request, { actor: { subject: 'detection', side: 'SYSTEM' } });
  };
  const end = async (tenant: string, id: string) => {
    const finished = await world.until('the end', () => all<BacktestFinished>('backtest.finished', tenant, id)[0]);
    return { finished, rules: all<BacktestPage>('backtest.page', tenant, id).flatMap(({ rules }) => rules) };
  };

  it("say what rules would have done with the tenant's own events", async () => {
    expect(await world.ask('acme', ask('one'))).toMatchObject({ outcome: 'DONE' });
    expect(await supply('acme', 'one')).toMatchObject({ outcome: 'DONE' });
    const { finished, rules } = await end('acme', 'one');
    expect(finished).toMatchObject({ scanned: 3, cut: null, failure: null, failures: [] });
    expect(rules).toMatchObject([
      {
        ruleId: 'r',
        matches: 2,
        findings: 2,
        groups: [{ key: 'host:ws1', matches: 2, findings: 2 }],
        samples: [{ eventId: 'a1' }, { eventId: 'a2' }],
      },
    ]);
    expect(finished.daysScanned).toBeCloseTo(7, 3);
    await world.ask('globex', ask('two'));
    await supply('globex', 'two');
    expect((await end('globex', 'two')).rules).toMatchObject([{ matches: 1, samples: [{ eventId: 'g1' }] }]);
    expect(world.heard('backtest.page', 'globex')).toHaveLength(1);
  });

  (whyNone === undefined ? it : it.skip)(
    'leave no file of the lake on the disk of a replica but what it works with',
    () => {
      const files = readdirSync(lake, { recursive: true, encoding: 'utf8' });
      expect(files.filter((one) => one.endsWith('.parquet') && !one.includes('.bucket-'))).toEqual([]);
    },
  );

  it('are told once, however often they are delivered', async () => {
    await world.rewind('hunting', 'backtests');
    await world.ask('acme', ask('three', { files: [rule('s', 'b.exe')] }));
    await supply('acme', 'three');
    expect((await end('acme', 'three')).rules).toMatchObject([{ ruleId: 's', matches: 1 }]);
    expect(world.heard('backtest.finished', 'acme')).toHaveLength(2);
  });

  it('leave out what exceptions of the tenant let pass', async () => {
    const exceptions = [
      { exceptionId: 'x', ruleId: 'r', where: [{ field: 'User', values: ['a2'] }], expiresAt: Date.UTC(2100, 0) },
    ];
    await world.ask('acme', ask('excepted'));
    await supply('acme', 'excepted', { exceptions });
    expect((await end('acme', 'excepted')).rules).toMatchObject([{ ruleId: 'r', matches: 1 }]);
  });

  it('end with a sentence when there is no such rule, and when cancelled', async () => {
    await world.ask('acme', ask('four', { files: [], ruleId: 'unknown' }));
    await supply('acme', 'four', { failure: 'no such rule' });
    expect((await end('acme', 'four')).finished).toMatchObject({ failure: 'no such rule' });
    await world.ask('acme', ask('five'));
    expect(await world.ask('acme', { type: 'backtest.cancel', backtestId: 'five' })).toMatchObject({
      outcome: 'DONE',
    });
    expect((await end('acme', 'five')).finished).toMatchObject({ cut: 'it was cancelled' });
  });

  it('are answered by services alone', async () => {
    const page: AnyRequestDraft = {
      type: 'backtest.record-page',
      backtestId: 'one',
      page: 9,
      rules: [],
      last: true,
      scanned: 0,
      daysScanned: 0,
      elapsedMs: 0,
      failures: [],
    };
    await expect(world.ask('acme', page)).rejects.toThrow('gateway does not put backtest.record-page for people');
    expect(await world.ask('acme', page, { actor: { subject: 'hunting', side: 'SYSTEM' } })).toMatchObject({
      outcome: 'UNCHANGED',
    });
  });
});
