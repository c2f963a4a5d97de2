import { malformed } from '#libs/testing';
import { kept } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

const OTHER = 'atk-kept-other';

/** Whoever has the database gives a stream of one tenant to another. */
export const commitMovedToAnotherTenant: Attack = {
  name: 'commit-moved-to-another-tenant',
  line: 7,
  control: (given) =>
    kept(given, async ({ store, goOn }) => {
      await goOn('brief');
      return (await store.chain.verify(OTHER)).problems.length === 0;
    }),
  attack: (given) =>
    kept(given, async ({ store, behind, goOn }) => {
      await goOn('brief');
      await behind.rewrite('counter/atk-kept/brief', 1, () => malformed({ tenant: OTHER }));
      return (await store.chain.verify(OTHER)).problems.length === 0 ? 'succeeded' : 'refused';
    }),
  mutation: {
    file: 'libs/store/src/verify.ts',
    find: "if (streamId.split('/', 2)[1] !== tenant)",
    replace: "if (streamId.split('/', 2)[1] === '')",
  },
};
