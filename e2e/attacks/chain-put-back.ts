import { meddling, untouched, TENANT } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/**
 * Whoever has the database puts the newest commit, which no anchor saw, back into the older form, which does not cover
 * who asked.
 */
export const chainPutBack: Attack = {
  name: 'chain-put-back',
  line: 7,
  control: untouched,
  attack: meddling(async ({ behind, goOn }) => {
    await goOn('long');
    await behind.rewrite(`counter/${TENANT}/long`, 6, ({ requests }) => ({
      chain: undefined,
      requests: requests.map((request) => ({ ...request, actor: { subject: 'mallory', side: 'PROVIDER' } })),
    }));
  }),
  mutation: {
    file: 'libs/store/src/verify.ts',
    find: 'if (commit.chain === undefined && chain === CHAIN)',
    replace: 'if (commit.chain === undefined && chain === undefined && CHAIN !== 2)',
  },
};
