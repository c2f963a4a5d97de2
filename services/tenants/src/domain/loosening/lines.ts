import type { PolicyOverride, ResponseMode, TenantPolicy } from '#contracts';
import { inEvaluationOrder, overrideHolds, type Situation } from '#libs/terms';

/** One row of a policy as it is tried, from the top; no groups: any asset. The first that holds decides. */
export interface PolicyLine {
  /** In words. */
  rule: string;
  mode: ResponseMode;
  groups: readonly string[];
}

export const MODE_IN_WORDS: Record<ResponseMode, string> = {
  NOTIFY: 'the provider only guides',
  COLLABORATE: 'the provider asks before it acts',
  AUTHORIZE: 'the provider acts',
};

const HOURS = { ANY: [], BUSINESS: ['in business hours'], OUT_OF_HOURS: ['out of business hours'] };
const MOST = 200;
const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST - 1)}…` : text);

const nameOf = ({ id, actionClasses, assetGroups, severities, minConfidence, hours }: PolicyOverride): string => {
  const conditions = [
    ...(actionClasses.length ? [actionClasses.join(' or ')] : []),
    ...(assetGroups.length ? [`assets in ${assetGroups.join(' or ')}`] : []),
    ...(severities.length ? [`severity ${severities.join(' or ')}`] : []),
    ...(minConfidence > 0 ? [`confidence from ${minConfidence}`] : []),
    ...HOURS[hours],
  ];
  return cut(`override '${id}' (${conditions.join('; ') || 'always'})`);
};

/**
 * A policy as lines for each situation, in the order response tries them.
 * What comes after a line for any asset is never reached.
 */
export const linesOf = ({ overrides, mode }: TenantPolicy): ((situation: Situation) => PolicyLine[]) => {
  const ordered = inEvaluationOrder(overrides).map((override) => ({
    override,
    line: { rule: nameOf(override), mode: override.mode, groups: override.assetGroups },
  }));
  const otherwise: PolicyLine = { rule: 'the default', mode, groups: [] };
  return (situation) => {
    const lines: PolicyLine[] = [];
    for (const { override, line } of ordered) {
      if (!overrideHolds(override, situation)) continue;
      lines.push(line);
      if (line.groups.length === 0) return lines;
    }
    return [...lines, otherwise];
  };
};

const distinct = <T>(values: T[]): T[] => [...new Set(values)];

/**
 * Every situation that these policies tell apart: of each kind of condition also one that stands for all that no
 * override names. Without the groups of the asset.
 */
export const situationsOf = (...policies: TenantPolicy[]): Situation[] => {
  const overrides = policies.flatMap((policy) => policy.overrides);
  const classes = distinct(['', ...overrides.flatMap(({ actionClasses }) => actionClasses)]);
  const severities = distinct(['', ...overrides.flatMap((one) => one.severities as string[])]);
  const confidences = distinct([0, ...overrides.map(({ minConfidence }) => minConfidence)]);
  const hours = overrides.some((one) => one.hours !== 'ANY') ? [true, false] : [true];
  return classes.flatMap((actionClass) =>
    severities.flatMap((severity) =>
      confidences.flatMap((confidence) =>
        hours.map((businessHours) => ({ actionClass, severity, confidence, businessHours })),
      ),
    ),
  );
};

/** The line that decides for an asset of these groups. */
export const governingLine = (lines: readonly PolicyLine[], groups: readonly string[]): PolicyLine | undefined =>
  lines.find((line) => line.groups.length === 0 || line.groups.some((group) => groups.includes(group)));
