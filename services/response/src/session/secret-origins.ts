import type { Connector } from '#contracts';
import { isAmong, NotSent, type KeptSecret } from '#libs/outbound';
import { isUrl } from '#libs/terms';
import type { SessionPorts, ConnectorPorts } from '../connectors/connector.js';
import { VendorUnavailable } from './errors.js';

/**
 * The ports of one account: its secret, and every token made of it, goes to the secret's origins and nowhere else,
 * whatever base address the tenant's settings name. The secret is looked up for each request: what its keeper changes
 * or takes back counts at once.
 */
export const boundToOrigins = (
  { baseUrl, secretRef }: Connector,
  { connect, keep, clock, timeoutMs }: SessionPorts,
): ConnectorPorts => ({
  clock,
  timeoutMs,
  http: async (request) => connect(held(keep, secretRef).origins)(request),
  secrets: async (ref) => {
    const { secret, origins } = available(keep, ref);
    if (!isUrl(baseUrl) || !isAmong(origins, new URL(baseUrl)))
      throw new VendorUnavailable(`the secret ${ref} may not be sent to the connector's base address`);
    return secret;
  },
});

/** Without its secret an account is one that cannot be asked. */
const available = (keep: SessionPorts['keep'], ref: string): KeptSecret => {
  try {
    return keep(ref);
  } catch (error) {
    throw new VendorUnavailable(error instanceof Error ? error.message : String(error), { cause: error });
  }
};

/** Without a secret the request stays here, so the outcome of an action is no question. */
const held = (keep: SessionPorts['keep'], ref: string): KeptSecret => {
  try {
    return keep(ref);
  } catch (error) {
    throw new NotSent(error instanceof Error ? error.message : String(error), { cause: error });
  }
};
