import { defineService } from '#libs/service';
import { config } from './config.js';
import { listen } from './listeners/index.js';
import { KEPT_RECEIPTS, keepReceipts } from './pipes/keep-receipts.js';
import { normaliser } from './pipes/normaliser.js';

/** The one way in: listeners append to ingest topics, the normaliser makes events of what lies there. */
export const collection = defineService({
  name: 'collection',
  config,
  keeps: [KEPT_RECEIPTS],
  ports: ({ settings, config, store, clock, log, fail }) => ({
    settings,
    shards: config.SHARDS,
    receipts: { store, clock, log, fail },
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
  ],
  listens: { to: ['ingest.'], start: (_ports, context) => listen(context) },
});
