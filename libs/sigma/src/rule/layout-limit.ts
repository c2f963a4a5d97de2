import type { Limits } from './limits.js';
import type { Failure, Logsource } from '../types.js';
import type { ParsedRule } from './detection-rule.js';

const keyOf = ({ product = '', category = '', service = '' }: Logsource): string =>
  `${product}\n${category}\n${service}`;

/** Of every logsource that covers this one, itself among them. */
const coveringKeys = ({ product, category, service }: Logsource): Set<string> => {
  const parts = (of: string | undefined): (string | undefined)[] => [of, undefined];
  return new Set(
    parts(product).flatMap((one) =>
      parts(category).flatMap((two) =>
        parts(service).map((three) => keyOf({ product: one, category: two, service: three })),
      ),
    ),
  );
};

/**
 * A rule is laid out once for each kind of event it may meet: about as often as there are logsources among the rules
 * that its own covers.
 * Rules beyond the limit are left out and told; those for few logsources stay.
 */
export const withinLayout = (
  rules: readonly ParsedRule[],
  { allLaidOut }: Limits,
): { rules: readonly ParsedRule[]; failures: Failure[] } => {
  const logsources = new Map(rules.map(({ rule: { logsource } }) => [keyOf(logsource), logsource]));
  const weight = rules.reduce((sum, { spent }) => sum + spent.weight, 0);
  if (weight * logsources.size <= allLaidOut) return { rules, failures: [] };
  const copies = new Map<string, number>();
  for (const one of logsources.values())
    for (const key of coveringKeys(one)) copies.set(key, (copies.get(key) ?? 0) + 1);
  const weighed = rules.map((parsed) => ({
    parsed,
    weight: parsed.spent.weight * (copies.get(keyOf(parsed.rule.logsource)) ?? 1),
  }));
  let left = allLaidOut;
  const over = new Set<ParsedRule>();
  for (const { parsed, weight } of [...weighed].sort((a, b) => a.weight - b.weight)) {
    if (weight > left) over.add(parsed);
    else left -= weight;
  }
  const failures = rules
    .filter((parsed) => over.has(parsed))
    .map(
      ({ document: { file, lineOf } }): Failure => ({
        file,
        line: lineOf(['logsource']),
        limit: 'allLaidOut',
        reason: `laid out for each of their logsources, all rules together would have more than ${allLaidOut} tests and texts`,
      }),
    );
  return { rules: rules.filter((parsed) => !over.has(parsed)), failures };
};
