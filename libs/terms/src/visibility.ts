import type { VisibilityGapKind } from '#contracts';

export type GapKind = Exclude<VisibilityGapKind, 'UNKNOWN'>;

/** Rule ids of the findings that tell of gaps in what is seen: about coverage, not about an attack. */
export const VISIBILITY_RULES: Readonly<Record<GapKind, string>> = {
  SOURCE_SILENT: 'vigie.source-silent',
  SOURCE_REDUCED: 'vigie.source-reduced',
  ASSET_SILENT: 'vigie.asset-silent',
  PARSER_FAILING: 'vigie.parser-failing',
  PULL_FAILING: 'vigie.pull-failing',
};

/** Whether a finding of this rule tells of a gap in what is seen. */
export const isVisibilityRule = (ruleId: string): boolean => Object.values(VISIBILITY_RULES).includes(ruleId);
