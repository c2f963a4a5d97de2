import { HTTP, mappingOf } from '../shared/any-vendor.js';
import { LINES } from '../shared/line-places.js';
import type { MappedSource, SourceMapping } from '../source.js';

/** W3C's `s-ip` is the proxy, which is not where a request goes to. */
const DESTINATION = HTTP.dst_ip.filter((name) => name !== 's-ip');

const mapping: SourceMapping = mappingOf('proxy', 'web', LINES, { ...HTTP, dst_ip: DESTINATION, 'r-ip': DESTINATION });

export const webProxy: MappedSource = { rules: [{ category: 'proxy' }], mapping };
