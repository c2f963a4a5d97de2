import type { ActionTarget, Connector } from '#contracts';
import { openApi } from './api.js';
import { boundToOrigins } from './secret-origins.js';
import type {
  VendorApi,
  ResponseConnector,
  ConnectorAction,
  IdentityAnswer,
  SessionPorts,
} from '../connectors/connector.js';

/** A tenant's account at a vendor with the actions it offers. */
export interface VendorSession {
  vendor: string;
  api: VendorApi;
  action(actionClass: string): ConnectorAction | undefined;
  /** See Connector.identify. */
  identify(target: ActionTarget, signal?: AbortSignal): Promise<IdentityAnswer>;
}

/** Opens a session; nothing is sent before the first call. Keep one a tenant and connector. */
export const openSession = (connector: ResponseConnector, config: Connector, outside: SessionPorts): VendorSession => {
  const api = openApi(connector, config, boundToOrigins(config, outside));
  return {
    vendor: connector.vendor,
    api,
    action: (actionClass) => connector.actions.find((action) => action.actionClass === actionClass),
    identify: (target, signal) => connector.identify(api, target, signal),
  };
};
