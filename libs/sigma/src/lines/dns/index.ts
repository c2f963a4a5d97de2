import type { JsonObject } from '../../json.js';
import { bindOf } from './bind.js';
import { coreDnsOf, dnsmasqOf, powerDnsOf, unboundOf } from './resolvers.js';
import { route53Of, umbrellaOf, zeekDnsOf } from './services.js';
import { windowsDnsOf } from './windows.js';

const READERS = [bindOf, unboundOf, dnsmasqOf, coreDnsOf, windowsDnsOf, powerDnsOf, umbrellaOf, route53Of, zeekDnsOf];

/**
 * What a line of a resolver's log says, behind its syslog header: who asked (`src_ip`), whom, `query`, `record_type`,
 * `answer`, `response_code`, `action`, and as `derived.time` the time of the log itself. All are anchored where the
 * text begins: what a stranger asks for stands behind that, without blanks.
 */
export const dnsOf = (text: string): JsonObject | undefined => {
  for (const read of READERS) {
    const fields = read(text);
    if (fields !== undefined) return fields;
  }
  return undefined;
};
