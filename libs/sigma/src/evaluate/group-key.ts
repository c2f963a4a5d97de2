import type { Rule, RuleSet, SigmaEvent } from '../types.js';

/**
 * What a match of a rule is grouped by: `Field=value` of each field the rule names, in lower case.
 * @returns undefined when the rule names none or the event has none of them: then its main entity is the key.
 */
export const groupKeyOf = (
  set: Pick<RuleSet, 'read'>,
  { groupBy = [] }: Pick<Rule, 'groupBy'>,
  event: SigmaEvent,
): string | undefined => {
  if (groupBy.length === 0) return undefined;
  const values = set.read(event, groupBy);
  if (Object.keys(values).length === 0) return undefined;
  return groupBy
    .map((field) => `${field}=${values[field] ?? ''}`)
    .join(' ')
    .toLowerCase();
};
