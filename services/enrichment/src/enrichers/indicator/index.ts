/** Indicators of the intelligence among an event's observables, valid when it happened. */
import type { Enricher } from '../enricher.js';

export const indicator: Enricher = {
  name: 'indicator',
  prepare:
    ({ tenant, indicators }) =>
    (event) => {
      const hits = indicators.match(tenant, event.occurredAt, event.observables);
      return hits.length === 0 ? undefined : { indicators: hits };
    },
};
