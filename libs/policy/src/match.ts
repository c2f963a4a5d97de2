import type { PolicyExclusion, PolicyOverride } from '#contracts';
import { excludes, inEvaluationOrder, overrideHolds, overrideNamesGroup } from '#libs/terms';
import type { PolicyAction, PolicyContext, PolicyTarget } from './types.js';

/** The override that governs: the first that holds, in the order in which they are tried. */
export const governingOverride = (
  overrides: PolicyOverride[],
  { actionClass }: PolicyAction,
  context: PolicyContext,
): PolicyOverride | undefined =>
  inEvaluationOrder(overrides).find(
    (override) =>
      overrideHolds(override, { actionClass, ...context }) && overrideNamesGroup(override, context.assetGroups),
  );

/** True if the exclusion names the target by any of its names, or may. */
export const isExcluded = (exclusion: PolicyExclusion, { kind, names }: PolicyTarget): boolean =>
  excludes(exclusion.entity, kind, names);
