import type { RulesetPlaceholderSet, RulesetSetPlaceholder } from '#contracts';
import { Refused, type DecisionContext } from '#libs/model';
import type { RulesetState } from './state.js';

const PLACEHOLDERS_AT_MOST = 100;
const VALUES_AT_MOST = 1_000;
const LONGEST_VALUE = 1_024;
/** Of all placeholders of a tenant together: they are read as one document, and travel with its backtests. */
const BYTES_AT_MOST = 512 * 1024;

const bytesOf = (values: readonly string[]): number => values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);

/** No values take the placeholder away: rules that need it sleep again. */
export const decidePlaceholder = (
  { name, values }: RulesetSetPlaceholder,
  { placeholders }: RulesetState,
  { actor: by, now: at }: DecisionContext,
): RulesetPlaceholderSet[] => {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(name) || name === '__proto__')
    throw new Refused('a placeholder has 1 to 64 letters, digits, dots, hyphens or underscores', 'BAD_NAME');
  if (values.length > VALUES_AT_MOST)
    throw new Refused(`a placeholder has at most ${VALUES_AT_MOST} values`, 'TOO_MANY_VALUES');
  const bad = values.some((value) => value === '' || value.length > LONGEST_VALUE || value.includes('\0'));
  if (bad) throw new Refused(`a value has 1 to ${LONGEST_VALUE} characters`, 'BAD_VALUES');
  const before = Object.hasOwn(placeholders, name) ? placeholders[name] : undefined;
  if (JSON.stringify(before ?? []) === JSON.stringify(values)) return [];
  if (!before && Object.keys(placeholders).length >= PLACEHOLDERS_AT_MOST)
    throw new Refused(`a tenant has at most ${PLACEHOLDERS_AT_MOST} placeholders`, 'TOO_MANY_PLACEHOLDERS');
  const bytes = Object.entries(placeholders).reduce(
    (sum, [one, of]) => (one === name ? sum : sum + bytesOf(of)),
    bytesOf(values),
  );
  if (values.length > 0 && bytes > BYTES_AT_MOST)
    throw new Refused('all placeholders of a tenant together have at most 512 KiB', 'TOO_MANY_VALUES');
  return [{ type: 'ruleset.placeholder-set', name, values, by, at }];
};
