import type { IndicatorImport, Indicator, IndicatorImported, TenantState } from '#contracts';
import type { Decider } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { readBundle } from './stix-bundle.js';

/** What was imported, by indicator and value; the text tells a changed one from a known one. */
export type KnownIndicators = ReadonlyMap<string, string>;

const keyOf = ({ indicatorId, kind, value }: Indicator): string => `${indicatorId} ${kind} ${value}`;

const textOf = ({ name, confidence, tlp, validFrom, validUntil, techniques }: Indicator): string =>
  JSON.stringify([name, confidence, tlp, validFrom, validUntil ?? null, techniques]);

/**
 * Threat intelligence: one stream for each scope, the operator's (`_operator`, for all tenants) or a tenant's own.
 * An import says only what is new or changed.
 */
export const indicatorStream: Decider<KnownIndicators, IndicatorImport, IndicatorImported, TenantState> = {
  subject: 'indicator',
  version: 1,
  key: () => OPERATOR,
  initial: () => new Map(),
  evolve: (known, { indicators }) =>
    new Map([...known, ...indicators.map((one): [string, string] => [keyOf(one), textOf(one)])]),
  decide: (request, known, { actor, now }) => {
    const { indicators, skipped } = readBundle(request.bundle);
    const news = indicators.filter((one) => known.get(keyOf(one)) !== textOf(one));
    return news.length === 0
      ? []
      : [{ type: 'indicator.imported', feed: request.feed, indicators: news, skipped, by: actor, at: now }];
  },
};
