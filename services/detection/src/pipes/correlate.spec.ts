import type { DetectionMatch, DetectionMatched, DetectionTimePassed, FindingRaised, FindingRepeated } from '#contracts';
import { shardOfKey, toRecord, type InRecord } from '#libs/events';
import { openLog } from '#libs/service';
import type { Checkpoint } from '#libs/store';
import { correlationPlan, type Correlation } from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import type { CompiledRules } from '../rules/loaded-rules.js';
import { at, detection } from '../../test/domain-samples.js';
import { correlatePipe } from './correlate.js';
import type { CheckpointedPipe } from '../checkpoints/checkpointed-pipe.js';
import { until } from '#libs/testing';
import { MemoryWorld } from '../../test/memory-world.js';

const place = { topic: 'vigie.detection.matches', partition: 1 };
const correlation: Correlation = {
  id: 'c',
  title: 'Thrice',
  level: 'high',
  status: 'test',
  description: '',
  tags: [],
  techniques: [],
  tactics: [],
  falsepositives: [],
  references: [],
  type: 'event_count',
  rules: ['r'],
  groupBy: ['user'],
  timespanMs: 10_000,
  condition: { field: [], comparisons: [{ operator: 'gte', value: 3 }] },
  aliases: {},
  generate: false,
  file: 'c.yml',
  line: 1,
};
const plan = correlationPlan([correlation]);
const rules: CompiledRules = {
  rules: 1,
  running: [],
  correlations: 1,
  failures: [],
  hitsOf: () => [],
  explain: () => [],
  correlating: (id) =>
    id === 'c' ? { correlation, plan, detection: detection({ id }), titleOf: () => 'Once' } : undefined,
  sourcesOf: () => [],
};

const poisoned: CompiledRules = {
  ...rules,
  correlating: () => {
    throw new TypeError('nobody thought of this');
  },
};

const match = (number: number, user: string, occurredAt: number): DetectionMatch => ({
  node: 0,
  ruleId: 'r',
  eventId: `e${number}`,
  occurredAt,
  ingestedAt: occurredAt,
  entity: `user:${user}`,
  entities: [],
  values: { user },
  context: null,
  native: Buffer.from('{}'),
});
const matched = (upTo: number, ...matches: DetectionMatch[]): DetectionMatched => ({
  type: 'detection.matched',
  detectionId: 'd',
  correlationId: 'c',
  source: 'edr',
  kind: 'WINDOWS',
  stream: '0',
  upTo,
  heardAt: at,
  matches,
});
const passed = (upTo: number): DetectionTimePassed => ({
  type: 'detection.time-passed',
  detectionId: 'd',
  correlationId: 'c',
  stream: '0',
  upTo,
  heardAt: at,
});
const record = (fact: DetectionMatched | DetectionTimePassed, offset: number, tenant = 'acme'): InRecord => ({
  ...toRecord({ id: `m${offset}`, type: fact.type, source: 'detection', subject: 'd', time: at, tenant }, fact),
  ...place,
  offset: String(offset),
  timestamp: at,
});

/** 60 records of two users, some events twice, now and then the word that time has passed. */
const story: InRecord[] = Array.from({ length: 60 }, (_, index) => {
  const now = at + index * 1_000;
  if (index % 7 === 6) return record(passed(now - 3_000), index);
  const one = match(index, index % 3 === 0 ? 'bob' : 'ada', now - (index % 4) * 500);
  return record(matched(now - 5_000, one, ...(index % 5 === 0 ? [one] : [])), index);
}).concat(record(passed(at + 1e9), 60));

class Instance {
  pipe: CheckpointedPipe;
  constructor(
    readonly outside: MemoryWorld,
    limits = { perRule: 1_000, inAll: 10_000 },
  ) {
    this.pipe = correlatePipe({
      store: outside.store,
      out: outside.out,
      clock: { now: () => outside.now },
      log: openLog('detection', 'silent'),
      rules: (tenant) => (tenant === 'poison' ? poisoned : rules),
      options: {},
      limits,
      checkpointEveryMs: 60_000,
      count: () => undefined,
    });
    this.pipe.manual?.(async () => undefined);
  }
  begin = async (partition = place.partition): Promise<number> =>
    Number(((await this.pipe.onAssigned?.([{ ...place, partition }])) ?? [])[0]?.offset ?? 0);
  handle = (records: InRecord[]) =>
    this.pipe.handle(
      { ...place, partition: records[0]?.partition ?? 0, records, heartbeat: async () => undefined },
      this.outside.out,
    );
}

const essence = (outside: MemoryWorld): string[] => [
  ...new Map(
    outside
      .said<FindingRaised>('finding.raised')
      .map((one) => [one.findingId, JSON.stringify({ ...one, events: one.events.map(({ id }) => id) })]),
  ).values(),
];

describe('correlations of a partition', () => {
  let undisturbed: string[] = [];
  const instances: Instance[] = [];
  const open = async (outside: MemoryWorld, partition?: number): Promise<{ one: Instance; from: number }> => {
    const one = new Instance(outside);
    instances.push(one);
    return { one, from: await one.begin(partition) };
  };
  beforeAll(async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    await one.handle(story);
    undisturbed = essence(outside);
    expect(undisturbed.length).toBeGreaterThan(5);
  });
  afterAll(async () => {
    for (const { pipe } of instances) await pipe.stop();
  });

  it.each([1, 4, 13, 29, 44, 59])('cut after %i records by an orderly end, the findings are the same', async (cut) => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    await one.handle(story.slice(0, cut));
    await one.pipe.stop();
    const { one: next, from } = await open(outside);
    expect(from).toBe(cut);
    await next.handle(story.slice(from));
    expect(essence(outside)).toEqual(undisturbed);
  });

  it('goes on counting where its keys lie after the topic has grown, and nowhere else', async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    await one.handle(story.slice(0, 29));
    await one.pipe.stop();
    const kept = { ...(outside.checkpoint as Checkpoint), offset: '0', partitions: 6 };
    const home = shardOfKey('acme/d') % 6;
    for (const partition of [home, (home + 2) % 6]) {
      outside.checkpoint = { ...kept, partition };
      const { one: grown } = await open(outside, partition);
      const rest = story.slice(29).map((each, index) => ({ ...each, partition, offset: String(index) }));
      await grown.handle(partition === home ? rest : rest.slice(-1));
      expect(essence(outside)).toEqual(undisturbed);
      await grown.pipe.stop();
    }
  });

  it.each([5, 20, 41])(
    'killed %i records after its checkpoint, it says the same again and nothing else',
    async (more) => {
      const outside = new MemoryWorld();
      const { one } = await open(outside);
      await one.handle(story.slice(0, 15));
      await one.pipe.stop();
      const { one: killed } = await open(outside);
      await killed.handle(story.slice(15, 15 + more));
      const { one: next, from } = await open(outside);
      expect(from).toBe(15);
      await next.handle(story.slice(15));
      expect(essence(outside)).toEqual(undisturbed);
      await killed.pipe.stop();
      expect(outside.checkpoint?.offset).toBe('15');
    },
  );

  it('a record that fails is set aside, and those behind it count', async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    await one.handle([
      ...story.slice(0, 30),
      record(matched(0, match(1, 'eve', at)), 30, 'poison'),
      ...story.slice(30).map((later, index) => ({ ...later, offset: String(31 + index) })),
    ]);
    expect(essence(outside)).toEqual(undisturbed);
    expect(outside.aside).toEqual(['PIPE_FAILED']);
  });

  it('what the broker did not take is sent with the batch that comes again', async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    outside.failing = 2;
    await expect(one.handle(story)).rejects.toThrow('the broker is away');
    await expect(one.handle(story)).rejects.toThrow('the broker is away');
    await one.handle(story);
    expect(essence(outside)).toEqual(undisturbed);
  });

  it('no checkpoint holds what the broker has not taken', async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    outside.failing = 1;
    await expect(one.handle(story)).rejects.toThrow('the broker is away');
    await one.pipe.stop();
    expect(outside.checkpoint).toBeUndefined();
  });

  it('of which one floods say so once, count on, and raise again in the next hour, cut or not', async () => {
    const user = (number: number): InRecord[] => {
      const since = at + 20_000 * number;
      const matches = [1, 2, 3].map((second) => match(100 * number + second, `u${number}`, since + 1_000 * second));
      return [record(matched(since, ...matches), 2 * number), record(passed(since + 5_000), 2 * number + 1)];
    };
    const users = (from: number, count: number): InRecord[] =>
      Array.from({ length: count }, (_, index) => user(from + index)).flat();
    const outside = new MemoryWorld();
    const limits = { perRule: 5, inAll: 10 };
    const raised = () =>
      outside.said<FindingRaised>('finding.raised').map(({ rule: { id }, groupKey }) => `${id} ${groupKey}`);
    const first = new Instance(outside, limits);
    instances.push(first);
    await first.begin();
    await first.handle(users(0, 8));
    await first.pipe.stop();
    const next = new Instance(outside, limits);
    instances.push(next);
    await next.begin();
    await next.handle(users(8, 8));
    expect(raised()).toEqual([...[0, 1, 2, 3, 4].map((user) => `c user=u${user}`), 'vigie.rule-floods c']);
    outside.now += 60_000;
    await until('the count', () => outside.said<FindingRepeated>('finding.repeated').some(({ count }) => count === 11));
    await next.handle(users(20, 2).map((one) => ({ ...one, timestamp: at + HOUR_MS })));
    expect(raised().slice(6)).toEqual(['c user=u20', 'c user=u21']);
  });

  it('sets aside what it cannot read, and leaves alone what no rule knows', async () => {
    const outside = new MemoryWorld();
    const { one } = await open(outside);
    await one.handle([
      { ...record(passed(at), 0), key: 'globex/d' },
      record({ ...matched(at, match(1, 'ada', at)), correlationId: 'gone' }, 1),
    ]);
    expect([outside.aside, essence(outside)]).toEqual([['WRONG_TENANT'], []]);
  });
});
