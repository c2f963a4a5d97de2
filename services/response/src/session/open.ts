import { openApi } from './api.js';
import { bound } from './secret-origins.js';
import type {
  Api,
  Connector,
  ConnectorAction,
  ConnectorConfig,
  Identity,
  Outside,
  Target,
} from '../connectors/connector.js';

/** A tenant's account at a vendor with the actions it offers. */
export interface Session {
  vendor: string;
  api: Api;
  action(actionClass: string): ConnectorAction | undefined;
  /** See Connector.identify. */
  identify(target: Target, signal?: AbortSignal): Promise<Identity>;
}

/** Opens a session; nothing is sent before the first call. Keep one a tenant and connector. */
export const openSession = (connector: Connector, config: ConnectorConfig, outside: Outside): Session => {
  const api = openApi(connector, config, bound(config, outside));
  return {
    vendor: connector.vendor,
    api,
    action: (actionClass) => connector.actions.find((action) => action.actionClass === actionClass),
    identify: (target, signal) => connector.identify(api, target, signal),
  };
};
