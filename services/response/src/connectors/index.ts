/** The vendors' connectors. What is done through one is a session's: `session/index.ts`. */
import type { ResponseConnector } from './connector.js';
import { defender } from './defender/index.js';
import { okta } from './okta/index.js';

/** Sorted by vendor; one for each folder. */
export const connectors: readonly ResponseConnector[] = [defender, okta];

export const connectorOf = (vendor: string): ResponseConnector | undefined =>
  connectors.find((connector) => connector.vendor === vendor);
