import { defineService } from '#libs/service';
import { config } from './config.js';
import { listen } from './listeners/index.js';
import { normaliser } from './pipes/normaliser.js';

/** The one way in: listeners append to ingest topics, the normaliser makes events of what lies there. */
export const collection = defineService({
  name: 'collection',
  config,
  ports: ({ settings, config }) => ({ settings, shards: config.SHARDS }),
  pipes: [
    {
      name: 'normaliser',
      from: ['ingest.', 'vigie.collection.retry'],
      to: ['vigie.telemetry.normalized', 'vigie.telemetry.received'],
      open: ({ settings, shards }) => normaliser(settings, shards),
    },
  ],
  listens: { to: ['ingest.'], start: (_ports, context) => listen(context) },
});
