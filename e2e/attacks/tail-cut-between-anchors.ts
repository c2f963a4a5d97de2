import { meddling, STREAM, untouched } from '../support/anchored-store.js';
import type { Attack } from './attack.js';

/**
 * Whoever has the database cuts off what the second anchor saw, forgets that it was seen, and lets the service go on to
 * a third anchor.
 */
export const tailCutBetweenAnchors: Attack = {
  name: 'tail-cut-between-anchors',
  line: 7,
  control: untouched,
  attack: meddling(async ({ behind, anchor }) => {
    const later = { streamId: STREAM, version: { $gt: 3 } };
    await behind.commits.deleteMany(later);
    await behind.anchored.deleteMany(later);
    await anchor();
  }),
  mutation: {
    file: 'libs/store/src/check-anchors.ts',
    find: 'for (const problem of problemsOf(anchor, byNumber.get(anchor.number - 1), covered.get(anchor.run)))',
    replace: 'for (const problem of [] as string[])',
  },
};
