import { listTopics } from '#libs/events';
import { defineService } from '#libs/service';
import { config } from './config.js';
import { pullStream } from './domain/pull/decider.js';
import { visibilityStream } from './domain/visibility/decider.js';
import { pullSources } from './effects/pulls/index.js';
import { watch, watchPorts } from './effects/watch.js';
import { listen } from './listeners/index.js';
import { KEPT_RECEIPTS, keepReceipts } from './pipes/keep-receipts.js';
import { tellReceipts } from './pipes/tell-receipts.js';
import { normaliser } from './pipes/normaliser.js';
import { raiseGaps } from './pipes/raise-gaps.js';
import { removePulled } from './reactions/remove-pulled.js';
import { tellFailingPull } from './reactions/tell-failing-pull.js';
import { expectedSource } from './views/expected-source.js';
import { hostWatch } from './views/host-watch.js';
import { openGap } from './views/open-gap.js';
import { toldReceipts } from './views/told-receipts.js';
import { pullSource } from './views/pull-source.js';
import { sourceWatch } from './views/source-watch.js';

/**
 * The one way in: listeners append to ingest topics, the normaliser makes events of what lies there. And whoever sees
 * all that comes sees what does not.
 */
export const collection = defineService({
  name: 'collection',
  config,
  decides: [pullStream, visibilityStream],
  reacts: [removePulled, tellFailingPull],
  keeps: [KEPT_RECEIPTS],
  shows: [sourceWatch, hostWatch, expectedSource, openGap, toldReceipts, pullSource],
  asks: [
    'pull.advance',
    'pull.begin',
    'pull.record-failure',
    'pull.record-recovery',
    'pull.remove',
    'visibility.record-gap',
    'visibility.record-return',
  ],
  ports: ({ settings, config, store, broker, clock, log, fail }) => ({
    settings,
    shards: config.SHARDS,
    receipts: { store, clock, log, fail },
    told: { settings, topics: () => listTopics(broker), clock, log },
  }),
  pipes: [
    {
      name: 'normaliser',
      from: ['ingest.', 'vigie.collection.retry'],
      to: ['vigie.telemetry.normalized', 'vigie.telemetry.received'],
      open: ({ settings, shards }) => normaliser(settings, shards),
    },
    {
      name: 'keep-receipts',
      from: ['vigie.telemetry.received'],
      to: [],
      open: ({ receipts }) => keepReceipts(receipts),
    },
    {
      name: 'tell-receipts',
      from: ['vigie.telemetry.received'],
      to: ['receipts.'],
      open: ({ told }) => tellReceipts(told),
    },
    { name: 'raise-gaps', from: ['vigie.visibility.events'], to: ['vigie.finding.events'], open: raiseGaps },
  ],
  listens: {
    to: ['ingest.'],
    start: async (_ports, context) => {
      const stopListening = await listen(context);
      const stopWatching = watch(watchPorts(context));
      const stopPulling = pullSources(context);
      return async () => {
        await stopPulling();
        await stopWatching();
        await stopListening();
      };
    },
  },
});
