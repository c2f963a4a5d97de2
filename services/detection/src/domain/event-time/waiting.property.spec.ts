import fc from 'fast-check';
import {
  correlationPlan,
  emptyCorrelationState,
  feed,
  pass,
  type Correlation,
  type CorrelationMatch,
  type CorrelationOutcome,
} from '#libs/sigma';
import { hear, noTime, timePassed, markTold, upToOf, wait } from './waiting.js';
import type { SourceKind } from '#contracts';

/**
 * From events as they are heard to findings, without Kafka in between: whatever the sources, delays, batches and ticks,
 * nothing that comes within the lateness is late, and everything is decided in the end, as if all had been heard in
 * order.
 */

const LATENESS = { streamedMs: 60, deliveredMs: 300 };
const SOURCES: Record<string, { kind: SourceKind; lateMs: number }> = {
  edr: { kind: 'WINDOWS', lateMs: 60 },
  ids: { kind: 'SURICATA', lateMs: 60 },
  trail: { kind: 'AWS_CLOUDTRAIL', lateMs: 300 },
};
const BEGIN = 1_000_000;
const END = BEGIN + 10_000;

const correlation = (type: 'event_count' | 'value_count', operator: 'gte' | 'lt', value: number): Correlation => ({
  id: 'c',
  title: 'c',
  level: 'high',
  status: 'test',
  description: '',
  tags: [],
  techniques: [],
  tactics: [],
  falsepositives: [],
  references: [],
  type,
  rules: ['r'],
  groupBy: ['user'],
  timespanMs: 200,
  condition: { field: type === 'value_count' ? ['v'] : [], comparisons: [{ operator, value }] },
  aliases: {},
  generate: false,
  file: '',
  line: 1,
});

const correlations = fc
  .tuple(
    fc.constantFrom('event_count' as const, 'value_count' as const),
    fc.constantFrom('gte' as const, 'lt' as const),
    fc.integer({ min: 2, max: 3 }),
  )
  .map((args) => correlation(...args));
const events = fc.array(
  fc.record({
    source: fc.constantFrom(...Object.keys(SOURCES)),
    at: fc.integer({ min: BEGIN, max: BEGIN + 2_000 }),
    delay: fc.double({ min: 0, max: 1, noNaN: true }),
    user: fc.constantFrom('ada', 'bob'),
    v: fc.constantFrom('1', '2', '3'),
  }),
  { maxLength: 60 },
);
const ticks = fc.array(fc.integer({ min: BEGIN, max: BEGIN + 2_500 }), { maxLength: 30 });

interface HeardEvent {
  match: CorrelationMatch;
  source: string;
  heardAt: number;
}

const heardOf = (all: { source: string; at: number; delay: number; user: string; v: string }[]): HeardEvent[] =>
  all
    .map(({ source, at, delay, user, v }, index) => ({
      source,
      heardAt: at + Math.floor(delay * (SOURCES[source]?.lateMs ?? 0)),
      match: {
        scope: 'acme',
        correlationId: 'c',
        node: 0,
        ruleId: 'r',
        eventId: `e${index}`,
        occurredAt: at,
        values: { user, v },
      },
    }))
    .sort((a, b) => a.heardAt - b.heardAt);

const essence = (outcomes: CorrelationOutcome[]): string[] =>
  outcomes
    .flatMap(({ fired }) => fired)
    .map(({ groupKey, windowEnd, value }) => `${groupKey} ${windowEnd} ${value}`)
    .sort();

/** As the two stages do it: what is heard at one moment of one source is a batch. */
const run = (one: Correlation, all: HeardEvent[], tickTimes: number[]): CorrelationOutcome[] => {
  const plan = correlationPlan([one]);
  const state = emptyCorrelationState();
  const time = noTime();
  const outcomes: CorrelationOutcome[] = [];
  // A source that was never heard is not waited for.
  for (const [source, { kind }] of Object.entries(SOURCES))
    hear(time, 'acme', source, { kind, newestAt: BEGIN - 1, heardAt: BEGIN - 1 });
  const waits = {
    kinds: Object.values(SOURCES).map(({ kind }) => kind),
    horizonMs: one.condition.comparisons[0]?.operator === 'lt' ? one.timespanMs : 0,
    stepMs: 20,
  };
  const tick = (now: number): void => {
    const due = timePassed(time, LATENESS, now);
    for (const { awaiting, upTo } of due)
      outcomes.push(
        pass(plan, state, {
          scope: awaiting.tenant,
          correlationId: awaiting.correlationId,
          stream: '0',
          upTo,
          heardAt: now,
        }),
      );
    markTold(time, due, now);
  };
  const take = ({ match, source, heardAt }: HeardEvent): void => {
    const { kind } = SOURCES[source] ?? { kind: 'UNKNOWN' };
    outcomes.push(
      feed(plan, state, { ...match, stream: '0', upTo: upToOf(time, 'acme', waits.kinds, LATENESS), heardAt }),
    );
    hear(time, 'acme', source, { kind, newestAt: match.occurredAt, heardAt });
    wait(time, `group ${match.values.user}`, { ...waits, tenant: 'acme', correlationId: 'c' }, match.occurredAt);
  };
  const steps = [
    ...all.map((heard) => ({ at: heard.heardAt, work: () => take(heard) })),
    ...tickTimes.map((at) => ({ at, work: () => tick(at) })),
  ];
  for (const { work } of steps.sort((a, b) => a.at - b.at)) work();
  for (let now = BEGIN + 2_500; now < END; now += 10) tick(now);
  return outcomes;
};

const inOrder = (one: Correlation, all: HeardEvent[]): CorrelationOutcome[] => {
  const plan = correlationPlan([one]);
  const state = emptyCorrelationState();
  const sorted = [...all].sort((a, b) => a.match.occurredAt - b.match.occurredAt);
  return [
    ...sorted.map(({ match }) => feed(plan, state, { ...match, upTo: 0 })),
    pass(plan, state, { scope: 'acme', correlationId: 'c', upTo: END * 2 }),
  ];
};

it('findings are those of all events in order, and none is late', () => {
  fc.assert(
    fc.property(correlations, events, ticks, (one, some, tickTimes) => {
      const all = heardOf(some);
      const outcomes = run(one, all, tickTimes);
      expect(outcomes.flatMap(({ late }) => late)).toEqual([]);
      expect(essence(outcomes)).toEqual(essence(inOrder(one, all)));
    }),
    { numRuns: 200 },
  );
});
