import { openApi } from './api.js';
import { bound } from './bound.js';
import type { Api, Connector, ConnectorAction, ConnectorConfig, Outside } from './connector.js';

/** A tenant's account at a vendor with the actions it offers. */
export interface Session {
  vendor: string;
  api: Api;
  action(actionClass: string): ConnectorAction | undefined;
}

/** Opens a session; nothing is sent before the first call. Keep one a tenant and connector. */
export const openSession = (connector: Connector, config: ConnectorConfig, outside: Outside): Session => ({
  vendor: connector.vendor,
  api: openApi(connector, config, bound(config, outside)),
  action: (actionClass) => connector.actions.find((action) => action.actionClass === actionClass),
});
