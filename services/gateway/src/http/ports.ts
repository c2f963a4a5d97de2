import type { ServiceContext } from '#libs/service';
import type { GatewayConfig } from '../config.js';
import type { VisitPorts } from '../graphql/visit.js';
import type { Quotas } from './quotas.js';

/** What the gateway stands on. */
export interface GatewayPorts extends VisitPorts {
  context: ServiceContext<GatewayConfig>;
  quotas: Quotas;
}
