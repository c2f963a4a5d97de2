import { HTTP, LINES, mappingOf } from '../shared/any-vendor.js';
import type { MappedSource, SourceMapping } from '../source.js';

const mapping: SourceMapping = mappingOf('proxy', 'web', LINES, HTTP);

export const webProxy: MappedSource = { rules: [{ category: 'proxy' }], mapping };
