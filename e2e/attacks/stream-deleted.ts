import { meddling, SHORT, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/** Whoever has the database deletes a stream whole: no gap is left to show it. */
export const streamDeleted: Attack = {
  name: 'stream-deleted',
  line: 7,
  control: untouched,
  attack: meddling(({ behind }) => behind.commits.deleteMany({ streamId: SHORT })),
  mutation: {
    file: 'libs/store/src/check-heads.ts',
    find: 'if (last >= head.version) return undefined;',
    replace: 'if (last >= head.version || last === 0) return undefined;',
  },
};
