import type { Entity, FindingSummary } from '#contracts';

/** Monday 2 November 2026, 10:00 UTC: what specs call "then". */
export const THEN = Date.UTC(2026, 10, 2, 10, 0);

/** 'host:ws6 user:THESHIRE\pgustavo' -> entities. */
export const entities = (text: string): Entity[] =>
  text
    .split(' ')
    .filter(Boolean)
    .map((one) => ({
      kind: one.slice(0, one.indexOf(':')),
      value: one.slice(one.indexOf(':') + 1).replaceAll('_', ' '),
    }));

/** A finding as the specs need it: an id, its entities in short, and what is special about it. */
export const finding = (findingId: string, shares: string, special: Partial<FindingSummary> = {}): FindingSummary => ({
  findingId,
  ruleId: `rule-${findingId}`,
  title: `Rule ${findingId}`,
  severity: 'MEDIUM',
  confidence: 60,
  techniques: [],
  tactics: [],
  entities: entities(shares),
  source: 'windows',
  occurredAt: THEN,
  ingestedAt: THEN + 1_000,
  detectedAt: THEN + 2_000,
  criticality: 'UNKNOWN',
  knownIndicator: false,
  assetGroups: [],
  ...special,
});
