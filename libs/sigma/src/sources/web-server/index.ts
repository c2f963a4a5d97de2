import { HTTP, mappingOf } from '../shared/any-vendor.js';
import type { MappedSource, SourceMapping } from '../source.js';

const mapping: SourceMapping = {
  ...mappingOf('webserver', 'web', ['message', '_raw'], HTTP),
  selectors: ['service.type', 'event.module', 'service', 'server_software', 'derived.service'],
  logsources: [
    { when: {}, logsource: { category: 'webserver' } },
    ...['apache', 'nginx'].flatMap((service) =>
      ['service.type', 'event.module', 'service', 'server_software', 'derived.service'].map((field) => ({
        when: { [field]: [service] },
        logsource: { service },
      })),
    ),
  ],
};

export const webServer: MappedSource = { rules: [{ category: 'webserver' }], mapping };
