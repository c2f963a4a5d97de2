import type { Attack } from './attack.js';
import { withConnectors } from '../support/connector-secrets.js';

/**
 * An administrator of one tenant names another tenant's secret in his connector's settings, beside that vendor's right
 * address.
 */
export const secretOfAnotherTenant: Attack = {
  name: 'secret-of-another-tenant',
  line: 5,
  control: () => withConnectors(({ vendor, look }) => look('victim', vendor)),
  attack: () => withConnectors(async ({ vendor, look }) => ((await look('mallory', vendor)) ? 'succeeded' : 'refused')),
  mutation: {
    file: 'libs/outbound/src/secrets.ts',
    find: 'one.tenant === tenant && one.ref === ref',
    replace: 'one.ref === ref',
  },
};
