import type { PullFact } from '#contracts';
import type { View } from '#libs/model';
import { pullAfter, type PullFold } from '#libs/terms';

/** What is pulled from vendors, by the source. */
export const pulls: View<PullFold, PullFact> = {
  name: 'pulls',
  hears: ['pull.configured', 'pull.removed', 'pull.begun', 'pull.advanced', 'pull.failed', 'pull.recovered'],
  keys: ({ message: { source } }) => [source],
  show: (doc, { message }) => pullAfter(doc, message),
};
