import { DAY_MS } from '#libs/terms';
import { SIZES } from './shards.js';
import { ingestTopicSpec, topicSpecs, topicsOf } from './topics.js';

const specs = new Map(topicSpecs().map((spec) => [spec.topic, spec]));

describe('topicSpecs', () => {
  it('names every topic once, all stamped by the broker', () => {
    expect(specs.size).toBe(topicSpecs().length);
    expect([...specs.values()].every(({ config }) => config['message.timestamp.type'] === 'LogAppendTime')).toBe(true);
    for (const topic of topicsOf()) expect(specs.has(topic)).toBe(true);
  });

  it.each([
    ['vigie.case.events', 6, 30],
    ['vigie.case.requests', 6, 30],
    ['vigie.telemetry.normalized', 6, 1],
    ['vigie.telemetry.received', 6, 30],
    ['vigie.detection.matches', 6, 1],
    ['vigie.cases.dead-letter', 6, 14],
    ['vigie.cases.retry', 1, 14],
    ['vigie.ruleset.events', 1, 30],
  ])('%s has %i partitions and keeps %i days', (topic, partitions, days) => {
    expect(specs.get(topic)).toMatchObject({
      partitions,
      config: { 'cleanup.policy': 'delete', 'retention.ms': String(days * DAY_MS) },
    });
  });

  it.each(['vigie.tenant.state', 'vigie.schemas'])('%s is compacted, in one partition', (topic) => {
    expect(specs.get(topic)).toMatchObject({ partitions: 1, config: { 'cleanup.policy': 'compact' } });
  });

  it('takes other numbers of partitions', () => {
    const own = topicSpecs({ partitions: 2, partitionsOf: { 'vigie.case.events': 8 }, services: ['cases'] });
    expect(own.find(({ topic }) => topic === 'vigie.case.events')?.partitions).toBe(8);
    expect(own.find(({ topic }) => topic === 'vigie.finding.events')?.partitions).toBe(2);
    expect(own.filter(({ topic }) => topic.endsWith('.dead-letter')).map(({ topic }) => topic)).toEqual([
      'vigie.cases.dead-letter',
    ]);
  });

  it('takes copies and how many of them must have a record; the broker decides unless told', () => {
    const [large] = topicSpecs(SIZES.large);
    expect(large).toMatchObject({ partitions: 48, replicas: 3, config: { 'min.insync.replicas': '2' } });
    const [unsaid] = topicSpecs();
    expect(unsaid).not.toHaveProperty('replicas');
    expect(unsaid?.config).not.toHaveProperty('min.insync.replicas');
  });

  it('stores what partners send as they packed it', () => {
    expect(ingestTopicSpec('acme', 'okta')).toMatchObject({
      topic: 'ingest.acme.okta',
      config: { 'compression.type': 'producer', 'retention.ms': String(3 * DAY_MS) },
    });
  });
});
