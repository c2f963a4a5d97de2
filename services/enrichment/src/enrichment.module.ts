import { defineService } from '#libs/service';
import { indicatorStream } from './domain/indicator/decider.js';
import { enrichers } from './enrichers/index.js';
import { followIndicators } from './effects/follow-indicators.js';
import { enrich } from './pipes/enrich.js';

/** What is known of events besides themselves: assets, identities, indicators. */
export const enrichment = defineService({
  name: 'enrichment',
  decides: [indicatorStream],
  follows: ['vigie.indicator.events'],
  ports: async (context) => {
    const open = await followIndicators(context);
    return {
      open,
      indicators: open.index,
      settings: context.settings,
      enrichers,
      failed: (enricher: string, error: unknown) => context.log.error({ err: error, enricher }, 'an enricher failed'),
    };
  },
  pipes: [
    {
      name: 'enrich',
      from: ['vigie.telemetry.normalized', 'vigie.enrichment.retry'],
      to: ['vigie.telemetry.enriched'],
      open: (ports) => enrich(ports),
    },
  ],
  close: ({ open }) => open.close(),
});
