import type { Explanation, NearMiss, RuleSet, SigmaEvent } from '#libs/sigma';

export type MatchTextFlags = { json: boolean; explain: boolean; nearly: boolean };

const NEAR_MISSES = 3;

/** How `detect` tells of matches and near misses: as JSON, or as lines for people. */
export const tellerOf = (set: RuleSet, { json, explain, nearly }: MatchTextFlags) => {
  const titles = new Map([...set.rules, ...set.correlations].map(({ id, title }) => [id, title]));
  const titleOf = (id: string): string => titles.get(id) ?? '';
  return {
    titleOf,
    /** `at`: the event, when it is the one at hand: only then can a match be explained. */
    match: (event: number, ruleId: string, at: SigmaEvent | undefined): string[] => {
      const explanation = explain && at ? set.explain(ruleId, at) : undefined;
      if (json) return [JSON.stringify({ event, ruleId, ...(explanation ? { explanation } : {}) })];
      return [`${event}  ${ruleId}  ${titleOf(ruleId)}`, ...(explanation ?? []).map(reasonLine)];
    },
    nearMisses: (event: number, at: SigmaEvent): string[] => {
      const misses = nearly ? set.nearly(at, { limit: NEAR_MISSES }) : [];
      if (json) return misses.length > 0 ? [JSON.stringify({ event, nearly: misses })] : [];
      return misses.map((miss) => `${event}  ${miss.ruleId}  nearly: ${titleOf(miss.ruleId)}${missLine(miss)}`);
    },
  };
};

const reasonLine = ({ selection, field, value }: Explanation): string =>
  `    ${selection}: ${field === '' ? 'keyword in' : `${field} =`} ${JSON.stringify(value)}`;
const missLine = ({ matched, missing }: NearMiss): string =>
  ` (has ${matched.join(', ')}; lacks ${missing.join(', ')})`;
