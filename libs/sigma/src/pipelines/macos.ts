import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

export const macos: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { product: 'macos' } }], entity: ['host.name'] };
