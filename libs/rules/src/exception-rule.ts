import type { RuleCondition, RuleException } from '#contracts';
import type { Logsource, RuleSource } from '#libs/sigma';

/** Modifiers whose values are no patterns. */
const AS_THEY_ARE = ['cidr', 're', 'lt', 'lte', 'gt', 'gte'];

/** Text that means itself: Sigma's wildcards and its escape lose their meaning. */
const literally = (text: string): string => text.replace(/[\\*?]/g, '\\$&');

const selectionOf = ({ field, values }: RuleCondition): Record<string, string[]> => {
  const isPattern = !field
    .split('|')
    .slice(1)
    .some((modifier) => AS_THEY_ARE.includes(modifier));
  return { [field]: isPattern ? values.map(literally) : values };
};

/**
 * An exception as a rule of its own on its rule's logsource. JSON is YAML, so nothing a person wrote is ever read as
 * markup.
 */
export const exceptionAsRule = (
  { exceptionId, where }: Pick<RuleException, 'exceptionId' | 'where'>,
  logsource: Logsource,
): RuleSource => ({
  path: exceptionId,
  text: JSON.stringify({
    id: exceptionId,
    title: exceptionId,
    logsource,
    detection: {
      ...Object.fromEntries(where.map((condition, index) => [`c${index + 1}`, selectionOf(condition)])),
      condition: 'all of c*',
    },
  }),
});
