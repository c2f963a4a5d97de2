import type { EventContext, IndicatorHit } from '#contracts';
import { boundedKey } from '#libs/rules';
import type { Detection, Hit, SeenEvent } from './hit.js';
import { INDICATOR_COUNTS_FROM } from '../finding/severity.js';

/** Id of the detection that needs no rule: an indicator of the intelligence, seen. */
export const INDICATOR_MATCH = 'vigie.indicator-match';

const RUNBOOK = `Triage: what is the indicator's source, age and marking? Which process or person made the contact, and did the other end answer?
Scope: search the indicator in all events of the last 30 days, then what else these hosts contacted.
Contain: if the contact was made by a process, isolate the host; block address, name or file.
Recover: find what brought it in; remove it and its persistence.`;

const detectionOf = ({ name, confidence }: IndicatorHit, windowMs: number): Detection => ({
  id: INDICATOR_MATCH,
  title: `Known indicator seen: ${name.slice(0, 200)}`,
  level: confidence >= 80 ? 'HIGH' : 'MEDIUM',
  status: 'stable',
  description: 'A value of this event is an indicator of compromise in the intelligence.',
  falsePositives: [
    'Addresses and names that were given to somebody else since',
    'Security tools that look indicators up',
  ],
  runbook: RUNBOOK,
  techniques: [],
  tactics: [],
  windowMs,
});

/** One hit for each indicator of enough confidence; grouped by the indicator and the event's main entity. */
export const indicatorHits = (event: SeenEvent, context: EventContext | undefined, windowMs: number): Hit[] =>
  (context?.indicators ?? [])
    .filter(({ confidence }) => confidence >= INDICATOR_COUNTS_FROM)
    .map((indicator) => ({
      detection: detectionOf(indicator, windowMs),
      event,
      context,
      groupKey: boundedKey(`${indicator.indicatorId} ${indicator.value} ${event.entity}`.toLowerCase()),
    }));
