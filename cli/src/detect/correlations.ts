import { SOURCE_KINDS, wiredCorrelations } from '#libs/rules';
import {
  emptyCorrelationState,
  feed,
  finish,
  type CorrelationOutcome,
  type RuleSet,
  type SigmaEvent,
  type SourceKind,
} from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import { sourceOf } from '../../../services/collection/src/sources/index.js';
import type { NativeObject } from '../../../services/collection/src/sources/source.js';

/** A rule's match, or a correlation's (on the last event it counted). */
export type EventMatch = { event: number; ruleId: string };

/** An event of a file, whose kind is told. */
export type FileEvent = Omit<SigmaEvent, 'logsource'> & { logsource: SourceKind; native: Buffer };

/** Files come from several hosts with several clocks: so late may an event be. */
const LATENESS_MS = HOUR_MS;

const fired = ({ fired: all }: CorrelationOutcome): EventMatch[] =>
  all.map(({ correlationId, samples }) => ({ event: Number(samples.at(-1)?.eventId ?? 0), ruleId: correlationId }));

/** Event time as collection reads it; events that do not tell it happened when the one before did. */
const timeOf = ({ logsource, native }: FileEvent): number | undefined =>
  sourceOf(SOURCE_KINDS[logsource])?.normalise(JSON.parse(native.toString()) as NativeObject, native).occurredAt;

/**
 * Matches of a file in, matches to tell out: those of rules that raise, and those of correlations, which may come
 * later.
 * A rule that only feeds a correlation (no `generate`) is not told, as the specification has it.
 */
export const correlating = (
  set: RuleSet,
): { take(found: EventMatch, event: FileEvent): EventMatch[]; end(): EventMatch[] } => {
  const [{ plan, feedsOf }, state] = [wiredCorrelations(set), emptyCorrelationState()];
  let before = 0;
  return {
    take: (found, event) => {
      const told = plan.raises(found.ruleId) ? [found] : [];
      const feeds = feedsOf(found.ruleId, event);
      if (feeds.length === 0) return told;
      const occurredAt = (before = timeOf(event) ?? before);
      const match = { scope: '', ruleId: found.ruleId, eventId: String(found.event), occurredAt };
      return [
        ...told,
        ...feeds.flatMap(({ correlationId, node, values }) =>
          fired(feed(plan, state, { ...match, correlationId, node, values }, { latenessMs: LATENESS_MS })),
        ),
      ];
    },
    end: () => fired(finish(plan, state)),
  };
};
