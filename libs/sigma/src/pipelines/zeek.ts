import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

export const zeek: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { product: 'zeek' } }], entity: ['id.orig_h'] };
