import type { SourceMapping } from '../types.js';
import { plain } from './plain.js';

export const proxy: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { category: 'proxy' } }], entity: ['src_ip'] };
export const dns: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { category: 'dns' } }], entity: ['src_ip'] };
export const firewall: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { category: 'firewall' } }], entity: ['src_ip'] };
export const webserver: SourceMapping = { ...plain, logsources: [{ when: {}, logsource: { category: 'webserver' } }], entity: ['src_ip'] };
