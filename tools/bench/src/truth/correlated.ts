import type { FindingRaised } from '#contracts';
import { correlateAll } from '#libs/rules';
import type { CorrelationMatch } from '#libs/sigma';
import { HOUR_MS } from '#libs/terms';
import { correlatedFinding, noteOf } from '../../../../services/detection/src/domain/finding/correlation-finding.js';
import { fedGroups } from '../../../../services/detection/src/domain/hits/correlation-matches.js';
import type { Hit, Origin } from '../../../../services/detection/src/domain/hits/hit.js';
import type { CompiledRules } from '../../../../services/detection/src/rules/loaded-rules.js';

/** A recording is played at once, by machines with clocks of their own: so late may an event be. */
const LATENESS_MS = HOUR_MS;

/** What correlations make of the hits of one source: the findings that detection's second stage would raise. */
export const correlatedIn = (origin: Origin, hits: Hit[], rules: CompiledRules): FindingRaised[] => {
  const { tenant: scope } = origin;
  const byCorrelation = new Map<string, CorrelationMatch[]>();
  for (const { feed, matches } of fedGroups(scope, hits)) {
    const { correlationId } = feed;
    const more = matches.map((match) => ({ ...match, scope, correlationId, note: noteOf(match, origin) }));
    byCorrelation.set(correlationId, [...(byCorrelation.get(correlationId) ?? []), ...more]);
  }
  return [...byCorrelation].flatMap(([correlationId, matches]) => {
    const known = rules.correlating(correlationId);
    if (!known) return [];
    const { plan, detection, correlation, titleOf } = known;
    return correlateAll(plan, matches, { latenessMs: LATENESS_MS }).map((one) =>
      correlatedFinding(one, detection, { how: correlation.type, titleOf, now: one.lastAt }),
    );
  });
};
