import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

/** Okta's names are found in camel case, in lower case and mixed, in rules as in what collectors forward. */
const mapping: SourceMapping = {
  ...plain,
  anyCase: true,
  logsources: [{ when: {}, logsource: { product: 'okta', service: 'okta' } }],
  aliases: [{ when: {}, fields: { event_type: ['eventType'], display_message: ['displayMessage'] } }],
  entity: ['actor.alternateId'],
};

export const okta: MappedSource = { rules: [{ product: 'okta' }], mapping };
