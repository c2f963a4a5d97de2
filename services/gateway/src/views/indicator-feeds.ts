import type { IndicatorImported } from '#contracts';
import type { View } from '#libs/model';

/** Imports of a feed that are kept. */
const LATEST = 10;

/** A feed of indicators, and what came of it, the latest first. */
export interface IndicatorFeedDoc {
  feed: string;
  imports: (Pick<IndicatorImported, 'by' | 'at' | 'skipped' | 'refused'> & { indicators: number })[];
}

/** What was imported, and what of it cannot be matched. */
export const indicatorFeeds: View<IndicatorFeedDoc, IndicatorImported> = {
  name: 'indicator-feeds',
  hears: ['indicator.imported'],
  keys: ({ message: { feed } }) => [feed],
  show: (doc, { message: { feed, by, at, skipped, refused, indicators } }) => ({
    feed,
    imports: [{ by, at, skipped, refused, indicators: indicators.length }, ...(doc?.imports ?? [])].slice(0, LATEST),
  }),
};
