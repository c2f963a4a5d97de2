import { defineService } from '#libs/service';
import { indicatorStream } from './domain/indicator/decider.js';
import { enrichers } from './enrichers/index.js';
import { followIndicators, type FollowedIndicators } from './effects/follow-indicators.js';
import { enrichment as pipe, type EnrichPorts } from './pipes/enrich.js';

interface EnrichmentPorts extends EnrichPorts {
  open: FollowedIndicators;
}

/** What is known of events besides themselves: assets, identities, indicators. */
export const enrichment = defineService<EnrichmentPorts>({
  name: 'enrichment',
  decides: [indicatorStream],
  pipesFrom: ['vigie.telemetry.normalized', 'vigie.indicator.events'],
  pipesTo: ['vigie.telemetry.enriched'],
  ports: async (context) => {
    const open = await followIndicators(context);
    return {
      open,
      indicators: open.index,
      settings: context.settings,
      enrichers,
      elapsed: () => performance.now(),
      failed: (enricher, error) => context.log.error({ err: error, enricher }, 'an enricher failed'),
    };
  },
  pipes: (ports) => [pipe(ports)],
  close: ({ open }) => open.close(),
});
