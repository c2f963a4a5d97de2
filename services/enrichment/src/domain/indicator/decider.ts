import type { IndicatorImport, Indicator, IndicatorImported, TenantState } from '#contracts';
import { emptyMap, valueIn, withValue, type Decider, type PersistentMap } from '#libs/model';
import { OPERATOR } from '#libs/terms';
import { readBundle, type IndicatorVersion } from './stix-bundle.js';

/** What is known of the indicators of a scope: by id the newest version's values, and what was told of the others. */
export interface KnownIndicators {
  values: PersistentMap<ReadonlyMap<string, Indicator>>;
  refused: PersistentMap<string>;
}

const keyOf = ({ kind, value }: Indicator): string => `${kind} ${value}`;

const textOf = ({ name, confidence, tlp, validFrom, validUntil, techniques, modified }: Indicator): string =>
  JSON.stringify([name, confidence, tlp, validFrom, validUntil ?? null, techniques, modified ?? null]);

/** Refusals a fact tells of. */
const MOST_TOLD = 100;

const madeOf = (values: Iterable<Indicator>): number =>
  [...values].reduce((newest, { modified }) => Math.max(newest, modified ?? -Infinity), -Infinity);

const endOf = ({ validUntil }: Indicator): number => validUntil ?? Infinity;

/**
 * What a version changes of what is known: its values, and those that it does not name any more, which end when it was
 * made. An older version changes nothing; one made at the same time lengthens nothing.
 */
const changesOf = (
  version: IndicatorVersion,
  known: ReadonlyMap<string, Indicator> | undefined,
  now: number,
): Indicator[] => {
  const [made, before] = [version.modified ?? -Infinity, madeOf(known?.values() ?? [])];
  if (made < before) return [];
  const isSame = made === before && version.modified !== null;
  const stated = new Map(version.indicators.map((one) => [keyOf(one), one]));
  const gone = [...(known?.values() ?? [])]
    .filter((one) => !stated.has(keyOf(one)))
    .map((one) => ({
      ...one,
      validUntil: Math.min(endOf(one), version.isRevoked ? (version.end ?? now) : (version.modified ?? now)),
      modified: version.modified ?? one.modified,
    }));
  return [...stated.values(), ...gone].filter((one) => {
    const former = known?.get(keyOf(one));
    return !former || (textOf(former) !== textOf(one) && !(isSame && endOf(former) < endOf(one)));
  });
};

const withValues = (values: KnownIndicators['values'], indicators: readonly Indicator[]): KnownIndicators['values'] => {
  const changed = new Map<string, Map<string, Indicator>>();
  for (const one of indicators) {
    const own = changed.get(one.indicatorId) ?? new Map(valueIn(values, one.indicatorId));
    changed.set(one.indicatorId, own.set(keyOf(one), one));
  }
  return [...changed].reduce((next, [id, own]) => withValue(next, id, own), values);
};

/**
 * Threat intelligence: one stream for each scope, the operator's (`_operator`, for all tenants) or a tenant's own.
 * An import says only what is new or changed, in whatever order versions of an indicator come.
 */
export const indicatorStream: Decider<KnownIndicators, IndicatorImport, IndicatorImported, TenantState> = {
  subject: 'indicator',
  version: 3,
  key: () => OPERATOR,
  initial: () => ({ values: emptyMap(), refused: emptyMap() }),
  evolve: ({ values, refused }, fact) => ({
    values: withValues(values, fact.indicators),
    refused: fact.refused.reduce((next, { indicatorId, reason }) => withValue(next, indicatorId, reason), refused),
  }),
  decide: (request, known, { actor, now }) => {
    const bundle = readBundle(request.bundle);
    const indicators = bundle.versions.flatMap((version) =>
      changesOf(version, valueIn(known.values, version.indicatorId), now),
    );
    const refused = bundle.refused
      .filter(({ indicatorId, reason }) => valueIn(known.refused, indicatorId) !== reason)
      .slice(0, MOST_TOLD);
    if (indicators.length + refused.length === 0) return [];
    const { skipped } = bundle;
    return [{ type: 'indicator.imported', feed: request.feed, indicators, skipped, by: actor, at: now, refused }];
  },
};
