import fc from 'fast-check';
import { correlationOf } from '../../test/correlations.js';
import { naiveFindings } from '../../test/naive-correlation.js';
import type { Comparison, Correlation, CorrelationType } from '../types.js';
import {
  correlationPlan,
  correlationStateBytes,
  correlationStateFrom,
  emptyCorrelationState,
  feed,
  finish,
  type CorrelationMatch,
  type Fired,
} from './index.js';
import type { CorrelationTree } from './plan.js';

/**
 * Whatever the correlation, and however its matches come within the lateness, the findings are those of a naive reading
 * of all in order.
 */

const LATENESS_MS = 30;
const TYPES: CorrelationType[] = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
];
const OPERATORS: Comparison[] = ['gte', 'gte', 'gte', 'gt', 'lt', 'lte', 'eq', 'neq'];
const RULES = ['r0', 'r1', 'r2'];

const comparison = fc.record({ operator: fc.constantFrom(...OPERATORS), value: fc.integer({ min: 1, max: 4 }) });
const correlation = (id: string, inputs: fc.Arbitrary<string[]>) =>
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      rules: inputs,
      groupBy: fc.subarray(['user', 'host']),
      timespanMs: fc.integer({ min: 1, max: 60 }),
      comparisons: fc.array(comparison, { minLength: 1, maxLength: 2 }),
      percentile: fc.constantFrom(undefined, 10, 50, 90, 100),
    })
    .map(
      ({ comparisons, percentile, ...rest }): Correlation =>
        correlationOf({
          ...rest,
          id,
          condition: {
            field: rest.type.startsWith('value_') ? ['v'] : [],
            comparisons,
            ...(percentile === undefined ? {} : { percentile }),
          },
        }),
    );
const rules = fc.subarray(RULES, { minLength: 1 });
const alone = correlation('c', rules).map((one) => [one]);
const chained = fc
  .tuple(
    correlation(
      'c',
      rules.map((some) => ['inner', ...some]),
    ),
    correlation('inner', rules),
    fc.boolean(),
  )
  .map(([outer, inner, last]) => [{ ...outer, rules: last ? [...outer.rules.slice(1), 'inner'] : outer.rules }, inner]);

const event = fc.record({
  at: fc.integer({ min: 0, max: 150 }),
  rule: fc.constantFrom(...RULES),
  user: fc.constantFrom('ada', 'Ada', 'bob', ''),
  host: fc.constantFrom('ws1', 'ws2'),
  v: fc.constantFrom('1', '2', '3', '5', 'much'),
  delay: fc.integer({ min: 0, max: LATENESS_MS }),
  again: fc.option(fc.integer({ min: 0, max: LATENESS_MS })),
  restored: fc.boolean(),
});

type Drawn = {
  at: number;
  rule: string;
  user: string;
  host: string;
  v: string;
  delay: number;
  again: number | null;
  restored: boolean;
};
type Delivery = { match: CorrelationMatch; comesAt: number; restored: boolean };

/** Every event goes to every place of the tree that its rule feeds; some come twice. */
const deliveriesOf = (correlations: Correlation[], events: Drawn[]): Delivery[] =>
  events
    .flatMap(({ at, rule, user, host, v, delay, again, restored }, index) =>
      correlationPlan(correlations)
        .routes(rule)
        .flatMap(({ node }) => {
          const match: CorrelationMatch = {
            scope: 'acme',
            correlationId: 'c',
            node,
            ruleId: rule,
            eventId: `e${index}`,
            occurredAt: at,
            values: { user, host, v },
          };
          const first = { match, comesAt: at + delay, restored };
          return again === null ? [first] : [first, { match, comesAt: at + again, restored: false }];
        }),
    )
    .sort((a, b) => a.comesAt - b.comesAt);

const textOf = ({ group, windowEnd }: Fired): string => `${JSON.stringify(Object.values(group))} ${windowEnd}`;

const runOf = (correlations: Correlation[], deliveries: Delivery[]): { findings: string[]; late: number } => {
  const plan = correlationPlan(correlations);
  let state = emptyCorrelationState();
  const fired: Fired[] = [];
  let late = 0;
  for (const { match, restored } of deliveries) {
    if (restored) state = correlationStateFrom(correlationStateBytes(state));
    const outcome = feed(plan, state, match, { latenessMs: LATENESS_MS });
    fired.push(...outcome.fired);
    late += outcome.late.filter(({ repeated }) => !repeated).length;
  }
  fired.push(...finish(plan, state).fired);
  return { findings: fired.map(textOf).sort(), late };
};

it.each([
  ['alone', alone],
  ['chained', chained],
] as const)('findings of a correlation %s are those of the naive reading', (_, correlations) => {
  fc.assert(
    fc.property(correlations, fc.array(event, { maxLength: 40 }), (some, events) => {
      const deliveries = deliveriesOf(some, events);
      const tree = correlationPlan(some).trees.get('c') as CorrelationTree;
      expect(runOf(some, deliveries)).toEqual({
        late: 0,
        findings: naiveFindings(
          tree,
          deliveries.map(({ match }) => match),
        ),
      });
    }),
    { numRuns: Number(process.env.SIGMA_CORRELATION_RUNS ?? 1500) },
  );
});
