import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

export const mimecast: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { product: 'mimecast' } }], entity: ['recipientAddress'] };
export const lookout: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { product: 'lookout' } }], entity: ['device.guid'] };
