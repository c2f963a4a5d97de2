import { plain } from '../shared/plain.js';
import type { MappedSource, SourceMapping } from '../source.js';

const mapping: SourceMapping = {
  ...plain,
  logsources: [{ when: {}, logsource: { product: 'aws', service: 'cloudtrail' } }],
  entity: ['userIdentity.arn'],
};

export const awsCloudtrail: MappedSource = { rules: [{ product: 'aws' }], mapping };
