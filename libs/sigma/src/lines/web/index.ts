import { ginOf, webGatewayOf } from './gateways.js';
import { elbOf, haproxyOf } from './load-balancers.js';
import type { EdgeLine } from './said.js';

export type { EdgeLine } from './said.js';
export { envoyOf } from './gateways.js';

const READERS = [haproxyOf, elbOf, ginOf, webGatewayOf];

/**
 * A line of a load balancer (HAProxy, AWS), a gateway (McAfee's; Envoy's is by itself) or a framework (gin), behind its
 * syslog header, in W3C's names. All are anchored where the text begins; what a stranger sent stands behind that, in
 * quotes.
 */
export const edgeLineOf = (text: string): EdgeLine | undefined => {
  for (const read of READERS) {
    const line = read(text);
    if (line !== undefined) return line;
  }
  return undefined;
};
