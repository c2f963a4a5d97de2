import type { Attack } from './attack.js';
import { withConnectors } from '../support/connector-secrets.js';

/** The base address of a connector is set to a listener of somebody else's: it waits for the token. */
export const secretToAnotherOrigin: Attack = {
  name: 'secret-to-another-origin',
  line: 5,
  control: () => withConnectors(({ vendor, look }) => look('victim', vendor)),
  attack: () => withConnectors(async ({ other, look }) => ((await look('victim', other)) ? 'succeeded' : 'refused')),
  mutation: {
    file: 'libs/outbound/src/egress.ts',
    find: 'origins.includes(origin);',
    replace: 'origins.length > 0 && origin !== undefined;',
  },
};
