import { kept, meddling, STREAM } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

const EMPTY = Buffer.alloc(0);

/** Whoever has the database blanks a fact as an erasure would, and says so nowhere. */
export const factBlanked: Attack = {
  name: 'fact-blanked',
  line: 7,
  control: (given) =>
    kept(given, async ({ store, anchors, isClean }) => {
      await store.facts('atk-kept').erase({
        by: { subject: 'dora', side: 'PROVIDER' },
        reason: 'asked for',
        now: anchors.at(-1)?.at ?? 0,
        streams: [STREAM],
        backups: [],
      });
      return isClean();
    }),
  attack: meddling(({ behind }) =>
    behind.commits.updateOne({ _id: `${STREAM}@5` }, { $set: { 'facts.0.bytes': EMPTY, 'facts.0.salt': EMPTY } }),
  ),
  mutation: {
    file: 'libs/store/src/verify.ts',
    find: 'if (isErased(fact)) return erased ? problems :',
    replace: 'if (isErased(fact)) return problems.length === 0 || erased ? problems :',
  },
};
