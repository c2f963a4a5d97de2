import type { MappedSource, SourceMapping } from '../source.js';
import { plain } from '../shared/plain.js';

/**
 * GitHub's audit log of organisations and enterprises, and deliveries of webhooks, whose fields are others: every event
 * is asked by the rules of both.
 */
const mapping: SourceMapping = {
  ...plain,
  logsources: [
    { when: {}, logsource: { product: 'github', service: 'audit' } },
    { when: {}, logsource: { product: 'github', service: 'webhook' } },
  ],
  aliases: [{ when: {}, fields: { repo: ['data.repository'], user_agent: ['data.user_agent'] } }],
  entity: ['actor'],
};

export const github: MappedSource = { rules: [{ product: 'github' }], mapping };
