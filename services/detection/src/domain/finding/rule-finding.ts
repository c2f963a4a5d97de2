import type { EventContext, FindingRaised, MatchedField } from '#contracts';
import { windowStartOf } from '#libs/rules';
import type { HitGroup } from '../hits/groups.js';
import type { Origin } from '../hits/hit.js';
import { INDICATOR_MATCH } from '../hits/indicator-match.js';
import { entitiesOf } from './entities.js';
import { explainedTimes } from './explained-times.js';
import { contextOf, EVENTS_AT_MOST, triggersOf } from './evidence.js';
import { confidenceOf, severityOf } from './severity.js';

const EXPLANATIONS_AT_MOST = 30;
const VALUE_AT_MOST = 1_024;

const explainedIndicators = (contexts: EventContext[]): MatchedField[] =>
  contexts
    .flatMap(({ indicators }) => indicators)
    .map(({ name, kind, value }) => ({ selection: name, field: kind, value }));

/**
 * The finding that a group's first hits raise.
 * @param explanation why the rule matched the first event; an indicator explains itself.
 * @param now epoch ms: when it was detected.
 */
export const findingOf = (
  { tenant: _, source, kind }: Origin,
  { findingId, hits }: HitGroup,
  explanation: MatchedField[],
  now: number,
): FindingRaised => {
  const [first] = hits;
  const { detection } = first;
  const events = hits.map(({ event }) => event);
  const earliest = events.reduce((least, event) => (event.occurredAt < least.occurredAt ? event : least));
  const contexts = hits.flatMap(({ context }) => (context ? [context] : []));
  const isIndicator = detection.id === INDICATOR_MATCH;
  const weighed = isIndicator ? contexts.map((one) => ({ ...one, indicators: [] })) : contexts;
  const reasons = isIndicator ? explainedIndicators(contexts) : explanation;
  const { id, title, level, description, falsePositives, runbook, techniques, tactics, windowMs } = detection;
  const windowStart = windowStartOf(windowMs, first.event.occurredAt);
  return {
    type: 'finding.raised',
    findingId,
    rule: { id, title, level, description, falsePositives, runbook },
    ruleVersion: detection.version ?? null,
    groupKey: first.groupKey,
    windowStart,
    windowEnd: windowStart + windowMs,
    severity: severityOf(detection, weighed),
    confidence: confidenceOf(detection, weighed),
    techniques,
    tactics,
    entities: entitiesOf(events.slice(0, EVENTS_AT_MOST)),
    source,
    kind,
    occurredAt: earliest.occurredAt,
    ingestedAt: earliest.ingestedAt,
    detectedAt: now,
    ...triggersOf(events),
    ...contextOf(contexts),
    explanation: [...explainedTimes(events), ...reasons]
      .slice(0, EXPLANATIONS_AT_MOST)
      .map((one) => ({ ...one, value: one.value.slice(0, VALUE_AT_MOST) })),
  };
};
