import { defineService } from '#libs/service';
import { indicatorStream } from './domain/indicator/decider.js';
import { enrichers } from './enrichers/index.js';
import { openIndicators, type OpenIndex } from './effects/follow-indicators.js';
import { enrichment as pipe, type EnrichmentPorts } from './pipes/enrich.js';

interface Ports extends EnrichmentPorts {
  open: OpenIndex;
}

/** What is known of events besides themselves: assets, identities, indicators. */
export const enrichment = defineService<Ports>({
  name: 'enrichment',
  decides: [indicatorStream],
  pipesFrom: ['vigie.telemetry.normalized', 'vigie.indicator.events'],
  pipesTo: ['vigie.telemetry.enriched'],
  ports: async (context) => {
    const open = await openIndicators(context);
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
