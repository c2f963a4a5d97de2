import type { CorrelationMatch } from '../src/correlate/index.js';
import type { Comparison, Correlation } from '../src/types.js';

/** Correlations and matches for tests, without YAML around them. */
export const correlationOf = (special: Partial<Correlation> & Pick<Correlation, 'type'>): Correlation => ({
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
  rules: ['r'],
  groupBy: ['user'],
  timespanMs: 1000,
  condition: { field: special.type.startsWith('value_') ? ['v'] : [], comparisons: [{ operator: 'gte', value: 3 }] },
  aliases: {},
  generate: false,
  file: 'c.yml',
  line: 1,
  ...special,
});

export const comparing = (...comparisons: [operator: Comparison, value: number][]): Correlation['condition'] => ({
  field: [],
  comparisons: comparisons.map(([operator, value]) => ({ operator, value })),
});

let events = 0;

/** A match at a time, of rule `r` and user `ada` unless it says otherwise. */
export const matchAt = (occurredAt: number, special: Partial<CorrelationMatch> = {}): CorrelationMatch => ({
  scope: 'acme',
  correlationId: 'c',
  node: 0,
  ruleId: 'r',
  eventId: `e${(events += 1)}`,
  occurredAt,
  ...special,
  values: { user: 'ada', ...special.values },
});
