import { excludes } from '#libs/terms';
import type { Exclusion, Mode, PolicyAction, PolicyContext, PolicyOverride, PolicyTarget } from './policy-types.js';

/** The override that governs: the one with most conditions; of equals the most restrictive; of those the first by id. */
export const governingOverride = (overrides: PolicyOverride[], action: PolicyAction, context: PolicyContext): PolicyOverride | undefined =>
  inEvaluationOrder(overrides).find((override) => applies(override, action, context));

export const inEvaluationOrder = (overrides: PolicyOverride[]): PolicyOverride[] =>
  [...overrides].sort((a, b) => conditionCount(b) - conditionCount(a) || laxity(a.mode) - laxity(b.mode) || compare(a.id, b.id));

/** True if the exclusion names the target by any of its names, or may. */
export const isExcluded = (exclusion: Exclusion, { kind, names }: PolicyTarget): boolean => excludes(exclusion.entity, kind, names);

const applies = (override: PolicyOverride, action: PolicyAction, context: PolicyContext): boolean =>
  anyOf(override.actionClasses, [action.actionClass]) &&
  anyOf(override.assetGroups, context.assetGroups) &&
  anyOf(override.severities, [context.severity]) &&
  context.confidence >= override.minConfidence &&
  (override.hours === 'ANY' || (override.hours === 'BUSINESS') === context.businessHours);

const anyOf = (wanted: string[], given: string[]): boolean => wanted.length === 0 || wanted.some((one) => given.includes(one));

const conditionCount = (override: PolicyOverride): number =>
  [override.actionClasses.length > 0, override.assetGroups.length > 0, override.severities.length > 0, override.minConfidence > 0, override.hours !== 'ANY']
    .filter(Boolean).length;

const laxity = (mode: Mode): number => ({ NOTIFY: 0, COLLABORATE: 1, AUTHORIZE: 2 })[mode] ?? 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
