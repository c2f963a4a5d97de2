import type { FindingRaised } from '#contracts';
import { emptyCorrelationState, feed, finish, type CorrelationOutcome } from '#libs/sigma';
import { correlatedFinding, noteOf } from '../../../../services/detection/src/domain/correlated.js';
import { fedBy } from '../../../../services/detection/src/domain/feeding.js';
import type { Hit, Origin } from '../../../../services/detection/src/domain/hit.js';
import type { CompiledRules } from '../../../../services/detection/src/rules/compiled.js';

/** A recording is played at once, by machines with clocks of their own: so late may an event be. */
const LATENESS_MS = 3_600_000;

/** What correlations make of the hits of one source: the findings that detection's second stage would raise. */
export const correlatedIn = (origin: Origin, hits: Hit[], rules: CompiledRules): FindingRaised[] => {
  const { tenant } = origin;
  const byCorrelation = new Map<string, CorrelationOutcome[]>();
  const states = new Map<string, ReturnType<typeof emptyCorrelationState>>();
  const add = (id: string, outcome: CorrelationOutcome): void =>
    void byCorrelation.set(id, [...(byCorrelation.get(id) ?? []), outcome]);
  for (const {
    feed: { correlationId },
    matches,
  } of fedBy(tenant, hits)) {
    const plan = rules.correlating(correlationId)?.plan;
    const state = states.get(correlationId) ?? emptyCorrelationState();
    states.set(correlationId, state);
    for (const match of plan ? matches : []) {
      if (plan)
        add(
          correlationId,
          feed(
            plan,
            state,
            { ...match, scope: tenant, correlationId, note: noteOf(match, origin) },
            { latenessMs: LATENESS_MS },
          ),
        );
    }
  }
  for (const [id, state] of states) {
    const plan = rules.correlating(id)?.plan;
    if (plan) add(id, finish(plan, state));
  }
  const fired = [...byCorrelation.values()].flat().flatMap((outcome) => outcome.fired);
  return fired.flatMap((one) => {
    const known = rules.correlating(one.correlationId);
    return known
      ? [
          correlatedFinding(one, known.detection, {
            how: known.correlation.type,
            titleOf: known.titleOf,
            now: one.lastAt,
          }),
        ]
      : [];
  });
};
