import { hasStreams } from '#libs/service';
import { definitions } from '../../../../cli/src/index.js';

/** Names of the services that keep facts. */
export const KEEPERS = definitions.filter(hasStreams).map(({ name }) => name);
/** Of all services with a store. */
export const SERVICES_WITH_STORE = definitions.map(({ name }) => name);
