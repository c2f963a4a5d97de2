import type { PolicyOverride, ResponseMode } from '#contracts';

/** An action in its situation, as overrides ask for it; without the groups of its target. */
export interface Situation {
  actionClass: string;
  severity: string;
  /** 0-100. */
  confidence: number;
  businessHours: boolean;
}

/** What of an override decides whether it governs. */
type Conditions = Pick<PolicyOverride, 'id' | 'mode' | 'actionClasses' | 'assetGroups' | 'minConfidence' | 'hours'> & {
  severities: readonly string[];
};

/** What may be done under a mode grows in this order; one that is not known only guides. */
export const laxity = (mode: ResponseMode): number => ({ NOTIFY: 0, COLLABORATE: 1, AUTHORIZE: 2 })[mode] ?? 0;

const conditionCount = ({ actionClasses, assetGroups, severities, minConfidence, hours }: Conditions): number =>
  [actionClasses.length > 0, assetGroups.length > 0, severities.length > 0, minConfidence > 0, hours !== 'ANY'].filter(
    Boolean,
  ).length;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The order in which overrides are tried: most conditions first; of equals the most restrictive; of those the first by
 * id.
 */
export const inEvaluationOrder = <Override extends Conditions>(overrides: readonly Override[]): Override[] =>
  [...overrides].sort(
    (a, b) => conditionCount(b) - conditionCount(a) || laxity(a.mode) - laxity(b.mode) || compare(a.id, b.id),
  );

const names = (wanted: readonly string[], one: string): boolean => wanted.length === 0 || wanted.includes(one);

/** Whether an override holds for an action, groups apart. */
export const overrideHolds = (
  override: Conditions,
  { actionClass, severity, confidence, businessHours }: Situation,
): boolean =>
  names(override.actionClasses, actionClass) &&
  names(override.severities, severity) &&
  confidence >= override.minConfidence &&
  (override.hours === 'ANY' || (override.hours === 'BUSINESS') === businessHours);

/** Whether it holds for a target of these groups, as far as they matter. */
export const overrideNamesGroup = (
  { assetGroups }: Pick<Conditions, 'assetGroups'>,
  groups: readonly string[],
): boolean => assetGroups.length === 0 || assetGroups.some((group) => groups.includes(group));
