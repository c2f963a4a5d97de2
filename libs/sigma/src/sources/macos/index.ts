import type { MappedSource, SourceMapping } from '../source.js';
import { ENDPOINT } from '../shared/endpoint.js';
import { plain } from '../shared/plain.js';

const CATEGORIES = ['process_creation', 'file_event', 'network_connection'];

/**
 * Jamf Protect, Endpoint Security's JSON, the audit trail, Santa and agents in ECS; `derive/macos.ts` tells them apart.
 */
const mapping: SourceMapping = {
  ...plain,
  derives: 'macos',
  selectors: ['derived.category', 'derived.service'],
  logsources: [
    ...CATEGORIES.map((category) => ({
      when: { 'derived.category': [category] },
      logsource: { product: 'macos', category },
    })),
    { when: { 'derived.service': ['auditd'] }, logsource: { product: 'macos', service: 'auditd' } },
    { when: {}, logsource: { product: 'macos' } },
  ],
  aliases: ENDPOINT,
  entity: ['Computer'],
};

export const macos: MappedSource = { rules: [{ product: 'macos' }], mapping };
