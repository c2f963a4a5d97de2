import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

export const linux: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { product: 'linux' } }], entity: ['host.name'] };
