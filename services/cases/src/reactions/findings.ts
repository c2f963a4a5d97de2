import type { FindingRaised, FindingSummary, ClusteringPlaceFinding, TenantState } from '#contracts';
import type { Reaction } from '#libs/model';
import { highestCriticality, isVisibilityRule } from '#libs/terms';
import { boundedGroupKey, boundedSummary } from '../domain/case/finding-summary.js';

/** What clustering and cases need of a finding. */
export const summaryOf = (fact: FindingRaised): FindingSummary => {
  const {
    findingId,
    rule,
    severity,
    confidence,
    techniques,
    tactics,
    entities,
    source,
    occurredAt,
    ingestedAt,
    detectedAt,
    assets,
    identities,
    indicators,
  } = fact;
  const levels = [...assets, ...identities].map(({ criticality }) => criticality);
  return boundedSummary({
    findingId,
    ruleId: rule.id,
    title: rule.title,
    severity,
    confidence,
    techniques,
    tactics,
    entities,
    source,
    occurredAt,
    ingestedAt,
    detectedAt,
    criticality: highestCriticality(levels),
    knownIndicator: indicators.length > 0,
    assetGroups: [...new Set(assets.flatMap(({ groups }) => groups))],
  });
};

/**
 * Findings about our own rules: shown among findings and in the ruleset. Nobody is under attack, so no case is opened
 * at a customer.
 */
const OWN_HEALTH = ['vigie.rule-disabled'];

/** Every finding that may be an attack is placed; a gap in what is seen is one on posture, not on a case. */
export const placeFinding: Reaction<FindingRaised, ClusteringPlaceFinding, TenantState> = {
  name: 'place-finding',
  hears: ['finding.raised'],
  react: ({ message }) =>
    OWN_HEALTH.includes(message.rule.id) || isVisibilityRule(message.rule.id)
      ? []
      : [
          {
            request: {
              type: 'clustering.place-finding',
              finding: summaryOf(message),
              groupKey: boundedGroupKey(message.groupKey),
            },
          },
        ],
};
