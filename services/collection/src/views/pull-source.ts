import type { PullFact } from '#contracts';
import type { View } from '#libs/model';
import { pullAfter, type PullFold } from '#libs/terms';

/** What is pulled, by the source: where it goes on. */
export const pullSource: View<PullFold, PullFact> = {
  name: 'pull-source',
  hears: ['pull.configured', 'pull.removed', 'pull.begun', 'pull.advanced', 'pull.failed', 'pull.recovered'],
  keys: ({ message: { source } }) => [source],
  show: (doc, { message }) => pullAfter(doc, message),
};
