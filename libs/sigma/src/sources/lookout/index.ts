import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

/** Lookout's mobile risk events: the service is the `type`, in lower case. */
const mapping: SourceMapping = {
  ...plain,
  selectors: ['type'],
  logsources: [
    ...['threat', 'smishing_alert', 'device', 'audit'].map((service) => ({
      when: { type: [service] },
      logsource: { product: 'lookout', service },
    })),
    { when: {}, logsource: { product: 'lookout' } },
  ],
  aliases: [
    {
      when: {},
      fields: {
        type: ['log_type', 'LogType', 'event_type'],
        'device.guid': ['target.guid', 'device_guid', 'DeviceGuid'],
        'device.email_address': [
          'target.email_address',
          'device_email_address',
          'DeviceEmailAddress',
          'actor.email_address',
        ],
      },
    },
  ],
  entity: ['device.guid'],
};

export const lookout: MappedSource = { rules: [{ product: 'lookout' }], mapping };
