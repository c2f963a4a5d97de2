import type { EventContext, FindingRaised, MatchedField, TriggerEvent } from '#contracts';
import { findingIdOf, windowStartOf } from '#libs/rules';
import { entitiesOf } from './entities.js';
import type { Hit, Origin, SeenEvent } from '../hits/hit.js';
import { INDICATOR_MATCH } from '../hits/indicator-match.js';
import { confidenceOf, severityOf } from './severity.js';

const EVENTS_AT_MOST = 10;
const NATIVE_BYTES = 256 * 1024;
const CONTEXTS_AT_MOST = 10;
const INDICATORS_AT_MOST = 20;
const EXPLANATIONS_AT_MOST = 30;
const VALUE_AT_MOST = 1_024;

/** Hits of one batch that belong to one finding, in the order of the events. */
export interface HitGroup {
  findingId: string;
  hits: [Hit, ...Hit[]];
}

export const idOfHit = (
  tenant: string,
  { detection: { id, windowMs }, groupKey, event: { occurredAt } }: Hit,
): string => findingIdOf(tenant, { ruleId: id, groupKey, windowMs }, occurredAt);

/** Groups in the order of their first hits. */
export const groupsOf = (tenant: string, hits: Hit[]): HitGroup[] => {
  const groups = new Map<string, HitGroup>();
  for (const hit of hits) {
    const findingId = idOfHit(tenant, hit);
    const group = groups.get(findingId);
    if (group) group.hits.push(hit);
    else groups.set(findingId, { findingId, hits: [hit] });
  }
  return [...groups.values()];
};

/**
 * What of the events is embedded: 10 at most, 256 KiB in all; an event that does not fit is named without its bytes.
 */
export const triggersOf = (
  events: Omit<SeenEvent, 'observables' | 'ocsf' | 'partition' | 'offset' | 'index'>[],
): Pick<FindingRaised, 'events' | 'eventsTruncated'> => {
  let left = NATIVE_BYTES;
  let truncated = events.length > EVENTS_AT_MOST;
  const embedded = events
    .slice(0, EVENTS_AT_MOST)
    .map(({ id, occurredAt, ingestedAt, entity, native }): TriggerEvent => {
      const fits = native.length <= left;
      if (fits) left -= native.length;
      else truncated = true;
      return { id, occurredAt, ingestedAt, entity, native: fits ? native : native.subarray(0, 0) };
    });
  return { events: embedded, eventsTruncated: truncated };
};

const once = <T>(all: (T | null | undefined)[], idOfOne: (one: T) => string, atMost: number): T[] =>
  [...new Map(all.flatMap((one) => (one ? [[idOfOne(one), one] as const] : []))).values()].slice(0, atMost);

export const contextOf = (contexts: EventContext[]): Pick<FindingRaised, 'assets' | 'identities' | 'indicators'> => ({
  assets: once(
    contexts.map(({ asset }) => asset),
    ({ assetId }) => assetId,
    CONTEXTS_AT_MOST,
  ),
  identities: once(
    contexts.map(({ identity }) => identity),
    ({ identityId }) => identityId,
    CONTEXTS_AT_MOST,
  ),
  indicators: once(
    contexts.flatMap(({ indicators }) => indicators),
    ({ indicatorId, value }) => `${indicatorId} ${value}`,
    INDICATORS_AT_MOST,
  ),
});

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
    explanation: reasons
      .slice(0, EXPLANATIONS_AT_MOST)
      .map((one) => ({ ...one, value: one.value.slice(0, VALUE_AT_MOST) })),
  };
};
