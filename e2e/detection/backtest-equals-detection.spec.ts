/** What a backtest says that rules would have found is what the running detection finds on the same events. */
import fc from 'fast-check';
import type { BacktestedRule, FindingRaised, RulesetExceptionAdded, TelemetryEvent } from '#contracts';
import { HOUR_MS, DAY_MS } from '#libs/terms';
import { compileRules } from '../../services/detection/src/rules/compile-rules.js';
import type { CompiledRules } from '../../services/detection/src/rules/loaded-rules.js';
import { tenantRules } from '../../services/detection/src/rules/tenant-rules.js';
import { runBacktest, type BacktestPorts } from '../../services/hunting/src/backtest/run-backtest.js';
import type { LakeRow } from '../../services/hunting/src/lake/scan.js';
import { detectedIn } from './detection-in-memory.js';

const TENANT = 'acme';
const FIRST = Date.UTC(2026, 10, 2);
/** They differ behind what a key may have. */
const [LONG_A, LONG_B] = ['a', 'b'].map((end) => `${'x'.repeat(700)}${end}`) as [string, string];

const rule = (id: string, event: number, more = ''): string =>
  `title: Rule ${id}\nid: ${id}\nname: ${id}\nlevel: low\nlogsource: { product: windows, service: security }\ndetection: { s: { EventID: ${event} }, condition: s }\n${more}`;
const correlation = (id: string, type: string, rules: string, group: string, condition: string): string =>
  `title: Correlation ${id}\nid: ${id}\nlevel: high\ncorrelation: { type: ${type}, rules: [${rules}], group-by: [${group}], timespan: 10m, ${condition} }\n`;
const FILES = [
  { path: 'entity.yml', text: rule('entity', 1) },
  { path: 'long.yml', text: rule('long', 1, 'vigie: { groupBy: [TargetUserName], windowMinutes: 30 }\n') },
  { path: 'wide.yml', text: rule('wide', 2, 'vigie: { groupBy: [IpAddress, Missing], windowMinutes: 2880 }\n') },
  {
    path: 'often.yml',
    text: [
      rule('failed', 4625),
      rule('logon', 4624),
      correlation('often', 'event_count', 'failed', 'TargetUserName', 'condition: { gte: 3 }'),
      correlation('guessed', 'temporal_ordered', 'failed, logon', 'TargetUserName', 'generate: true'),
    ].join('---\n'),
  },
  // Files that decide what a rule of another file finds.
  { path: 'fed.yml', text: rule('fed', 2) },
  { path: 'feeds.yml', text: correlation('feeds', 'event_count', 'fed', 'TargetUserName', 'condition: { gte: 2 }') },
  { path: 'kept.yml', text: rule('kept', 1) },
  {
    path: 'filter.yml',
    text: 'title: Filter\nlogsource: { product: windows, service: security }\nfilter:\n  rules: [kept]\n  own: { TargetUserName: ada }\n  condition: not own\n',
  },
  {
    path: 'few.yml',
    text: [rule('beat', 4999), correlation('few', 'event_count', 'beat', 'IpAddress', 'condition: { lt: 3 }')].join(
      '---\n',
    ),
  },
];

type DrawnScenario = { atMs: number; event: number; user: string; address: string };

/** Often at the edge of a window, or at the same moment as another. */
const moments = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: -1, max: 1 })).map(([hour, by]) => hour * HOUR_MS + by),
  fc.integer({ min: 0, max: 2 * DAY_MS }),
  fc.integer({ min: 0, max: 30 }).map((minute) => 10 * HOUR_MS + minute * 60_000),
);
const drawn: fc.Arbitrary<DrawnScenario> = fc.record({
  atMs: moments,
  event: fc.constantFrom(1, 2, 4624, 4625, 4625, 4999),
  user: fc.constantFrom('ada', 'ADA', '', LONG_A, LONG_B),
  address: fc.constantFrom('10.0.0.1', '10.0.0.2', ''),
});

const eventsOf = (all: DrawnScenario[]): TelemetryEvent[] =>
  [...all]
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, event, user, address }, index) => ({
      id: `event-${String(index).padStart(5, '0')}`,
      occurredAt: FIRST + atMs,
      ingestedAt: FIRST + atMs + 200,
      entity: `host:ws${index % 2}`,
      observables: [],
      flags: [],
      partition: 0,
      offset: index,
      index: 0,
      native: Buffer.from(
        JSON.stringify({
          Channel: 'Security',
          EventID: event,
          ...(user ? { TargetUserName: user } : {}),
          ...(address ? { IpAddress: address } : {}),
        }),
      ),
      ocsf: { categoryUid: 1, classUid: 1, activityId: 1, severityId: 1, message: '' },
    }));

const rowOf = ({ id, occurredAt, entity, native }: TelemetryEvent): LakeRow => ({
  id,
  occurredAt,
  kind: 'WINDOWS',
  entity,
  native: native.toString(),
});

/** A lake of these events, in no order within a day; the period goes on until every window has ended. */
const lakeOf = (events: readonly TelemetryEvent[]): BacktestPorts => {
  const dated = events.map(({ occurredAt }) => Math.floor(occurredAt / DAY_MS));
  const days = [...new Set([...dated, Math.max(...dated) + 1])].sort((a, b) => b - a);
  let now = 0;
  return {
    days: async () => days.map((day) => ({ day: String(day), from: day * DAY_MS, to: (day + 1) * DAY_MS })),
    count: async () => events.length,
    scan: async function* scan({ from, to }) {
      yield events
        .filter(({ occurredAt }) => occurredAt >= from && occurredAt < to)
        .map(rowOf)
        .sort((a, b) => (a.native < b.native ? -1 : 1));
    },
    isCancelled: async () => false,
    progress: async () => undefined,
    goOn: () => undefined,
    elapsed: () => (now += 0.001),
  };
};

/** Of files, or of a rule that runs among these, with what detection supplies of it. */
const backtested = async (
  events: readonly TelemetryEvent[],
  {
    ruleId = '',
    rules,
    exceptions = [],
  }: { ruleId?: string; rules?: Pick<CompiledRules, 'sourcesOf'>; exceptions?: readonly RulesetExceptionAdded[] } = {},
): Promise<BacktestedRule[]> => {
  const at = FIRST + 400 * DAY_MS;
  const question = { tenant: TENANT, files: rules ? [] : FILES, ruleId, mostEvents: 1_000_000, at };
  const files = rules?.sourcesOf(ruleId) ?? [];
  const supplied = { files, placeholders: [], exceptions: [...exceptions], exceptionsLeftOut: 0, windowMs: HOUR_MS };
  const { rules: tried, failures, cut } = await runBacktest(lakeOf(events), question, supplied);
  expect([failures, cut]).toEqual([[], null]);
  return tried;
};

/** How many findings, by rule and group. */
type Counts = Record<string, Record<string, number>>;

const raisedCounts = (findings: readonly FindingRaised[]): Counts => {
  const counts: Counts = {};
  for (const { rule: of, groupKey } of findings) {
    const groups = (counts[of.id] ??= {});
    groups[groupKey] = (groups[groupKey] ?? 0) + 1;
  }
  return counts;
};
const backtestedCounts = (rules: readonly BacktestedRule[]): Counts =>
  Object.fromEntries(
    rules
      .filter(({ findings }) => findings > 0)
      .map(({ ruleId, findings, groups }) => {
        const shown = Object.fromEntries(groups.map((group) => [group.key, group.findings]));
        expect(groups.reduce((sum, group) => sum + group.findings, 0)).toBe(findings);
        return [ruleId, shown];
      }),
  );

const exception = (exceptionId: string, ruleId: string, field: string, value: string): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  exceptionId,
  ruleId,
  where: [{ field, values: [value] }],
  owner: 'ada',
  reason: 'a scanner of ours',
  expiresAt: FIRST + 400 * DAY_MS,
  by: { subject: 'ada', side: 'PROVIDER' },
  at: FIRST,
});

describe('a backtest and the running detection', () => {
  it('find the same, by rule and group: long keys, edges of windows, correlations', async () => {
    const rules = await compileRules(FILES, HOUR_MS);
    expect(rules.failures).toEqual([]);
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: 40, maxLength: 200, size: 'max' }), async (all) => {
        const events = eventsOf(all);
        const detected = raisedCounts(await detectedIn(TENANT, rules, events, HOUR_MS));
        expect(backtestedCounts(await backtested(events))).toEqual(detected);
      }),
      // A run takes a good part of a second: what fails is told as it was drawn, not made smaller for minutes.
      { numRuns: 6, endOnFailure: true },
    );
  });

  it('tell long keys apart that differ only behind what a key may have', async () => {
    const at = (user: string, minute: number): DrawnScenario => ({
      atMs: minute * 60_000,
      event: 1,
      user,
      address: '',
    });
    const events = eventsOf([at(LONG_A, 1), at(LONG_B, 2), at(LONG_A, 3)]);
    const rules = await compileRules(FILES, HOUR_MS);
    const [long] = (await backtested(events, { ruleId: 'long', rules })).map(({ findings, groups }) => ({
      findings,
      groups,
    }));
    expect([long?.findings, long?.groups.map(({ findings, matches }) => [findings, matches])]).toEqual([
      2,
      [
        [1, 2],
        [1, 1],
      ],
    ]);
    const findings = await detectedIn(TENANT, rules, events, HOUR_MS);
    const keys = findings.filter(({ rule: { id } }) => id === 'long').map(({ groupKey }) => groupKey);
    expect(long?.groups.map(({ key }) => key)).toEqual(keys);
  });

  it('find the same with exceptions, also from rules that correlations rest on', async () => {
    const global = await compileRules(FILES, HOUR_MS);
    const exceptions = [
      exception('x1', 'long', 'TargetUserName', LONG_A),
      exception('x2', 'failed', 'IpAddress', '10.0.0.1'),
    ];
    const own = { importId: undefined, under: '', files: [], placeholders: {}, exceptions };
    const none = (): never => {
      throw new Error('there is nothing to compile');
    };
    const passed = new Set<string>();
    const rules = (await tenantRules(global, own, none, ({ ruleId }) => passed.add(ruleId))) ?? global;
    const events = eventsOf(fc.sample(drawn, { numRuns: 300, seed: 7 }));
    const detected = raisedCounts(await detectedIn(TENANT, rules, events, HOUR_MS));
    expect([...passed].sort()).toEqual(['failed', 'long']);
    for (const ruleId of ['long', 'often', 'guessed', 'entity', 'fed', 'kept']) {
      const found = backtestedCounts(await backtested(events, { ruleId, rules, exceptions }));
      expect(found).toEqual(ruleId in detected ? { [ruleId]: detected[ruleId] } : {});
    }
    expect(backtestedCounts(await backtested(events, { exceptions }))).toEqual(detected);
    expect(backtestedCounts(await backtested(events))).not.toEqual(detected);
  });
});
