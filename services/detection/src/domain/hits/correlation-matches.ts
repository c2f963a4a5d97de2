import type { DetectionMatch, DetectionMatched, EventContext } from '#contracts';
import { idOf } from '#libs/model';
import type { CorrelationFeed } from '#libs/rules';
import { entitiesOf } from '../finding/entities.js';
import type { Hit, Origin } from './hit.js';

const MATCHES_AT_MOST = 200;
const ENTITIES_AT_MOST = 10;
const NATIVE_BYTES = 2_048;

/** Matches of one batch that feed one group of a correlation. */
export interface FedGroup {
  detectionId: string;
  feed: CorrelationFeed;
  matches: DetectionMatch[];
}

/** Where a group of a correlation is counted follows from this. */
export const detectionIdOf = (tenant: string, { correlationId, group }: CorrelationFeed): string =>
  idOf('detection', tenant, correlationId, ...group);

const isTelling = ({ asset, identity, indicators }: EventContext): boolean =>
  Boolean(asset ?? identity) || indicators.length > 0;

const matchOf = ({ detection, event, context }: Hit, { node, values }: CorrelationFeed): DetectionMatch => ({
  node,
  ruleId: detection.id,
  eventId: event.id,
  occurredAt: event.occurredAt,
  ingestedAt: event.ingestedAt,
  entity: event.entity,
  entities: entitiesOf([event]).slice(0, ENTITIES_AT_MOST),
  values,
  context: context && isTelling(context) ? context : null,
  native: event.native.length <= NATIVE_BYTES ? event.native : event.native.subarray(0, 0),
});

/** What the hits of a batch bring to correlations, by group, in the order of their first hits. */
export const fedGroups = (tenant: string, hits: Hit[]): FedGroup[] => {
  const all = new Map<string, FedGroup>();
  for (const hit of hits) {
    for (const feed of hit.feeds ?? []) {
      const detectionId = detectionIdOf(tenant, feed);
      const one = all.get(detectionId) ?? { detectionId, feed, matches: [] };
      one.matches.push(matchOf(hit, feed));
      all.set(detectionId, one);
    }
  }
  return [...all.values()];
};

/** As facts, some matches to each. @param upTo event time as it was before this batch. */
export const matchedFacts = (
  { source, kind }: Origin,
  { detectionId, feed, matches }: FedGroup,
  told: { stream: string; upTo: number; heardAt: number },
): DetectionMatched[] =>
  Array.from({ length: Math.ceil(matches.length / MATCHES_AT_MOST) }, (_, part) => ({
    type: 'detection.matched',
    detectionId,
    correlationId: feed.correlationId,
    source,
    kind,
    ...told,
    matches: matches.slice(part * MATCHES_AT_MOST, (part + 1) * MATCHES_AT_MOST),
  }));
