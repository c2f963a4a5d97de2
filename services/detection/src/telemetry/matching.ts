import type { Hit } from '../domain/hits/hit.js';
import { indicatorHits } from '../domain/hits/indicator-match.js';
import type { CompiledRules } from '../rules/loaded-rules.js';
import type { SeenBatch } from './batch.js';

/** Hits of a batch in the order of its events: rules first, then indicators. */
export const hitsOf = async (
  { origin, events, contexts }: SeenBatch,
  rules: CompiledRules,
  windowMs: number,
  share: () => Promise<void>,
): Promise<Hit[]> => {
  const hits: Hit[] = [];
  for (const [index, event] of events.entries()) {
    const context = contexts.get(index);
    hits.push(...rules.hitsOf(origin.kind, event, context), ...indicatorHits(event, context, windowMs));
    await share();
  }
  return hits;
};
