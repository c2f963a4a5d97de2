import type { VisibilityGapEnded, VisibilityGapFound } from '#contracts';
import type { View } from '#libs/model';

/** What is missing now, by the id of the gap. */
export const openGap: View<VisibilityGapFound, VisibilityGapFound | VisibilityGapEnded> = {
  name: 'open-gap',
  hears: ['visibility.gap-found', 'visibility.gap-ended'],
  keys: ({ message: { gapId } }) => [gapId],
  show: (_doc, { message }) => (message.type === 'visibility.gap-found' ? message : undefined),
};
