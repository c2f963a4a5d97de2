import type { Hit } from '../domain/hit.js';
import { indicatorHits } from '../domain/indicator-match.js';
import type { CompiledRules } from '../rules/compiled.js';
import type { SeenBatch } from './batch.js';

/** After this long the loop gets its turn: heartbeats, probes and other partitions wait no longer. */
const SLICE_MS = 40;

/** Lets others work when the slice is used up. */
export const sharing = (): (() => Promise<void>) => {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < SLICE_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    since = performance.now();
  };
};

/** Hits of a batch in the order of its events: rules first, then indicators. */
export const hitsOf = async ({ origin, events, contexts }: SeenBatch, rules: CompiledRules, windowMs: number, share: () => Promise<void>): Promise<Hit[]> => {
  const hits: Hit[] = [];
  for (const [index, event] of events.entries()) {
    const context = contexts.get(index);
    hits.push(...rules.hitsOf(origin.kind, event, context), ...indicatorHits(event, context, windowMs));
    await share();
  }
  return hits;
};
