import { correlationPlan, emptyCorrelationState, feed, type Correlation, type CorrelationMatch } from '#libs/sigma';
import type { Attack } from './attack.js';

/** Counts events of a user. */
const counting = (index: number): Correlation => ({
  id: `c${index}`,
  type: 'event_count',
  timespanMs: 1e9,
  title: 'c',
  level: 'high',
  status: 'test',
  description: '',
  tags: [],
  techniques: [],
  tactics: [],
  falsepositives: [],
  references: [],
  rules: ['r'],
  groupBy: ['user'],
  condition: { field: [], comparisons: [{ operator: 'gte', value: 3 }] },
  aliases: {},
  generate: false,
  file: 'c.yml',
  line: 1,
});
const matchOf = (scope: string, correlationId: string, index: number): CorrelationMatch => ({
  scope,
  correlationId,
  node: 0,
  ruleId: 'r',
  eventId: `${scope} ${index}`,
  occurredAt: index,
  values: { user: `u${index}` },
});

/**
 * Groups that one tenant's only correlation gave up while another tenant's counted so many, and all together may weigh
 * so much.
 */
const lostBeside = (correlations: number): number => {
  const plan = correlationPlan(Array.from({ length: 50 }, (_, index) => counting(index)));
  const state = emptyCorrelationState();
  let lost = 0;
  const hear = (scope: string, correlationId: string, index: number): void => {
    const { evicted } = feed(plan, state, matchOf(scope, correlationId, index), { latenessMs: 0, mostBytes: 200_000 });
    lost += evicted.filter((one) => one.scope === 'acme').length;
  };
  for (let index = 0; index < 100; index += 1) hear('acme', 'c0', index);
  for (let index = 0; index < 1_000; index += 1) hear('globex', `c${index % correlations}`, index);
  return lost;
};

/** What is counted is given up where most is: many correlations, each smaller than everybody else's one. */
export const correlationsWithoutNumber: Attack = {
  name: 'correlations-without-number',
  line: 8,
  control: () => lostBeside(1) === 0,
  attack: () => (lostBeside(50) > 0 ? 'succeeded' : 'refused'),
  mutation: {
    file: 'libs/sigma/src/correlate/bounds.ts',
    find: 'if (scopes.get(clock.scope) === most && (!found',
    replace: 'if (most > 0 && (!found',
  },
};
