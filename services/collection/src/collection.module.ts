import { defineService, type TenantDirectory } from '#libs/service';
import type { CollectionConfig } from './config.js';
import { listen } from './listeners/index.js';
import { normaliser } from './normaliser/index.js';

interface Ports {
  settings: TenantDirectory;
  shards: number;
}

/** The one way in: listeners append to ingest topics, the normaliser makes events of what lies there. */
export const collection = defineService<Ports>({
  name: 'collection',
  pipesFrom: ['ingest.'],
  pipesTo: ['ingest.', 'vigie.telemetry.normalized', 'vigie.telemetry.received'],
  ports: ({ settings, config }) => ({ settings, shards: (config as CollectionConfig).SHARDS }),
  pipes: ({ settings, shards }) => [normaliser(settings, shards)],
  listens: (_ports, context) => listen(context),
});
