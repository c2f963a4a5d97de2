import type { FindingRaised, FindingRepeated, TelemetryEnriched, TelemetryEvent } from '#contracts';
import { encode, shardOfKey, toRecord, type Batch, type InRecord } from '#libs/events';
import type { Envelope } from '#libs/model';
import { openLog } from '#libs/service';
import type { Checkpoint } from '#libs/store';
import { HOUR_MS } from '#libs/terms';
import { until } from '#libs/testing';
import { at, detection, event, minutes } from '../../test/domain-samples.js';
import { RULE_FLOODS } from '../domain/flood/flood-finding.js';
import { MemoryWorld } from '../../test/memory-world.js';
import type { CompiledRules } from '../rules/loaded-rules.js';
import { fromBytes } from '../telemetry/telemetry-state.js';
import { detectPipe, type DetectPipe } from './detect.js';

const place = { topic: 'vigie.telemetry.enriched', partition: 1 };

const poisoned = (): never => {
  throw new TypeError('nobody thought of this');
};

/** Matches every event; findings by what was said around it, or else by its entity. */
const rules: CompiledRules = {
  rules: 1,
  running: [],
  correlations: 0,
  failures: [],
  hitsOf: (_kind, one, context) =>
    one.native.toString() === 'poison'
      ? poisoned()
      : [{ detection: detection(), event: one, context, groupKey: one.envelope?.toString() ?? one.entity }],
  explain: () => [],
  correlating: () => undefined,
  sourcesOf: () => [],
};

const record = (offset: number, ...events: Partial<TelemetryEvent>[]): InRecord => {
  const full = events.map(
    (one): TelemetryEvent => ({
      ...event(one.offset ?? offset),
      flags: [],
      ...one,
      ocsf: { categoryUid: 1, classUid: 1, activityId: 1, severityId: 1, message: '' },
    }),
  );
  const message: TelemetryEnriched = {
    type: 'telemetry.enriched',
    batch: encode({ type: 'telemetry.normalized', source: 'edr', kind: 'WINDOWS', events: full }),
    context: [],
    complete: true,
  };
  const envelope: Envelope = {
    id: `batch-${offset}`,
    type: 'telemetry.enriched',
    source: 'enrichment',
    subject: 'x',
    time: at,
    tenant: 'acme',
  };
  return { ...toRecord(envelope, message), ...place, offset: String(offset), timestamp: at };
};
const batchOf = (...records: InRecord[]): Batch => ({ ...place, records, heartbeat: async () => undefined });
const hosts = (...names: string[]) => names.map((name) => ({ entity: `host:${name}` }));

describe('the pipe', () => {
  let outside: MemoryWorld;
  let pipe: DetectPipe;
  const seeks: string[][] = [];
  const begin = async (partition = place.partition): Promise<void> => {
    const { store, out } = outside;
    pipe = detectPipe({
      store,
      out,
      clock: { now: () => outside.now },
      log: openLog('detection', 'silent'),
      rules: () => rules,
      windowMs: minutes(60),
      checkpointEveryMs: 60_000,
      mostFindings: 3,
      lateness: { streamedMs: 60_000, deliveredMs: 60_000 },
      limits: { perRule: 10, inAll: 15 },
      count: () => undefined,
      delayed: () => undefined,
    });
    pipe.manual?.(async (offsets) => void outside.committed.push(...offsets.map(({ next }) => next)));
    seeks.push(((await pipe.onAssigned?.([{ ...place, partition }])) ?? []).map(({ offset }) => offset));
  };
  const handle = (...records: InRecord[]) => pipe.handle(batchOf(...records), outside.out);
  /** An orderly end writes a checkpoint; a kill does not. */
  const kill = async (): Promise<void> => {
    const { checkpoint } = outside;
    outside.epoch += 1;
    await pipe.stop();
    outside.checkpoint = checkpoint;
  };

  beforeEach(async () => {
    outside = new MemoryWorld();
    seeks.length = 0;
    await begin();
  });
  afterEach(async () => pipe.stop());

  it('raises a group once, however many events and batches match', async () => {
    await handle(record(0, ...hosts('a', 'b')), record(1, ...hosts('a')));
    await handle(record(2, ...hosts('b', 'c')));
    expect(outside.said<FindingRaised>('finding.raised').map(({ groupKey }) => groupKey)).toEqual([
      'host:a',
      'host:b',
      'host:c',
    ]);
  });

  it('hands to rules what was said around an event', async () => {
    await handle(record(0, { envelope: Buffer.from('{"hec":{"index":"i"}}') }));
    expect(outside.said<FindingRaised>('finding.raised').map(({ groupKey }) => groupKey)).toEqual([
      '{"hec":{"index":"i"}}',
    ]);
  });

  it('sets aside each record it fails at, tells of all others once, and goes on behind them', async () => {
    const poison = { ...hosts('poison')[0], native: Buffer.from('poison') };
    await handle(
      record(0, ...hosts('a')),
      record(1, ...hosts('b'), poison),
      record(2, ...hosts('c')),
      record(3, poison),
      record(4, ...hosts('d', 'a')),
    );
    expect(outside.said<FindingRaised>('finding.raised').map(({ groupKey }) => groupKey)).toEqual([
      'host:a',
      'host:c',
      'host:d',
    ]);
    expect(outside.aside).toEqual(['PIPE_FAILED', 'PIPE_FAILED']);
    await pipe.stop();
    expect(outside.checkpoint?.offset).toBe('5');
  });

  it('raises nothing as done before the broker has it: a batch that failed is done again', async () => {
    outside.failing = 1;
    const batch = [record(0, ...hosts('a')), record(1, ...hosts('b'))];
    await expect(handle(...batch)).rejects.toThrow('the broker is away');
    expect(outside.ids()).toHaveLength(0);
    await handle(...batch);
    expect(outside.ids()).toHaveLength(2);
  });

  it('goes on where the checkpoint is, whatever Kafka says, and with what it knew', async () => {
    await handle(record(0, ...hosts('a')), record(1, ...hosts('a')));
    await pipe.stop();
    await begin();
    expect(seeks).toEqual([[], ['2']]);
    await handle(record(2, ...hosts('a')));
    outside.now += minutes(1);
    await until('a repeat', () => outside.said('finding.repeated').length > 0);
    expect(outside.ids()).toHaveLength(1);
    expect(outside.said<FindingRepeated>('finding.repeated')).toMatchObject([{ count: 3 }]);
  });

  it('says the same again after a kill, and nothing else; what was counted is counted once', async () => {
    await handle(record(0, ...hosts('a')));
    await pipe.stop();
    await begin();
    await handle(record(1, ...hosts('a', 'b')), record(2, ...hosts('c')));
    const before = outside.ids();
    await kill();
    await begin();
    expect(seeks.at(-1)).toEqual(['1']);
    await handle(record(1, ...hosts('a', 'b')), record(2, ...hosts('c')));
    expect(outside.ids()).toHaveLength(before.length + 2);
    expect(new Set(outside.ids())).toEqual(new Set(before));
    outside.now += minutes(1);
    expect(await until('a repeat', () => outside.said<FindingRepeated>('finding.repeated')[0])).toMatchObject({
      count: 2,
    });
  });

  it('commits to Kafka only what a checkpoint holds, and nothing when it ends', async () => {
    await handle(record(0, ...hosts('a')));
    expect(outside.committed).toEqual([]);
    await pipe.stop();
    expect([outside.checkpoint?.offset, outside.committed]).toEqual(['1', []]);
  });

  it('of an instance that lost its partition writes no checkpoint', async () => {
    await handle(record(0, ...hosts('a')));
    outside.epoch += 1;
    await pipe.stop();
    expect(outside.checkpoint).toBeUndefined();
  });

  it('remembers no more findings than it may, those matched last', async () => {
    await handle(record(0, ...hosts('a', 'b', 'c', 'd')), record(1, ...hosts('a')));
    await pipe.stop();
    expect(fromBytes(outside.checkpoint?.bytes ?? Buffer.from('{}')).size).toBe(3);
    await begin();
    await handle(record(2, ...hosts('a')));
    expect(outside.ids()).toHaveLength(4);
  });

  it.each([
    ['goes on with what was kept where its keys lie after the topic has grown', 0, 1],
    ['leaves what is kept of keys that went elsewhere', 1, 2],
  ])('%s', async (_case, beside, raised) => {
    await handle(record(0, ...hosts('a')));
    await pipe.stop();
    const partitions = 6;
    const partition = (shardOfKey('acme/0') + beside) % partitions;
    outside.checkpoint = { ...(outside.checkpoint as Checkpoint), partition, offset: '0', partitions };
    await begin(partition);
    const again = { ...record(1, ...hosts('a')), partition, offset: '0' };
    await pipe.handle({ ...batchOf(again), partition }, outside.out);
    expect(outside.ids()).toHaveLength(raised);
  });

  it('reads on when a topic was replaced and begins anew', async () => {
    await handle(record(7, ...hosts('a')));
    await handle(record(0, ...hosts('b')));
    expect(outside.ids()).toHaveLength(2);
  });

  it('sets aside what it cannot read, and goes on', async () => {
    const bad = { ...record(1, ...hosts('b')), key: 'globex/0' };
    await handle(record(0, ...hosts('a')), bad, record(2, ...hosts('c')));
    expect([outside.aside, outside.ids().length]).toEqual([['WRONG_TENANT'], 2]);
  });

  describe('when a rule floods', () => {
    const many = (from: number, count: number, timestamp = at) =>
      Array.from({ length: count }, (_, index) => ({
        ...record(from + index, ...hosts(`h${from + index}`)),
        timestamp,
      }));
    const floods = () => outside.said<FindingRaised>('finding.raised').filter(({ rule }) => rule.id === RULE_FLOODS);

    it('raises as much as it may, then one finding that says so, with samples; what was raised is counted on', async () => {
      await handle(
        record(0, ...Array.from({ length: 14 }, (_, index) => ({ entity: `host:h${index}`, index }))),
        ...many(20, 30),
      );
      expect(outside.ids()).toHaveLength(11);
      expect(floods()).toMatchObject([
        {
          groupKey: 'rule-1',
          severity: 'HIGH',
          rule: { title: 'A rule floods: LSASS dumped' },
          events: [{ entity: 'host:h10' }, {}, {}, { entity: 'host:h13' }],
        },
      ]);
      expect(floods()[0]?.explanation.map(({ value }) => value)).toEqual([
        'host:h10',
        'host:h11',
        'host:h12',
        'host:h13',
      ]);
      await handle(record(60, ...hosts('h1', 'h9')));
      outside.now += minutes(1);
      const repeats = () =>
        outside.said<FindingRepeated>('finding.repeated').map(({ findingId, count }) => [findingId, count]);
      await until('repeats', () => repeats().length >= 3);
      expect(repeats()).toContainEqual([floods()[0]?.findingId, 34]);
      expect(repeats().filter(([, count]) => count === 2)).toHaveLength(2);
    });

    it('raises again in the next hour of the broker, whatever times the events claim', async () => {
      await handle(...many(0, 15), record(15, { entity: 'host:old', occurredAt: at - 90 * HOUR_MS }));
      expect([outside.ids().length, floods().length]).toEqual([11, 1]);
      await handle(...many(20, 15, at + HOUR_MS));
      expect([outside.ids().length, floods().length, new Set(outside.ids()).size]).toEqual([22, 2, 22]);
    });

    it('says the same after a kill, and counts on from a checkpoint', async () => {
      await handle(...many(0, 8));
      await pipe.stop();
      await begin();
      await handle(...many(8, 8));
      const before = outside.ids();
      expect([before.length, floods().length]).toEqual([11, 1]);
      await kill();
      await begin();
      await handle(...many(8, 8));
      expect(new Set(outside.ids())).toEqual(new Set(before));
    });
  });

  it('takes no partition that it was not given', () =>
    expect(pipe.handle({ ...batchOf(record(0, ...hosts('a'))), partition: 5 }, outside.out)).rejects.toThrow(
      'without being assigned',
    ));
});
