import type { RuleSpending, ValueSpending } from './spending.js';

/** What a rule is read with: the values of placeholders, and what it may take. */
export type Context = {
  values: Readonly<Record<string, readonly string[]>>;
  /** Names asked for and not given; filled while reading. */
  missing: Set<string>;
  spent: RuleSpending;
};

/**
 * `a %name% b` with the values of `name` put in: one text per combination, counted before any is made. `\%` is a plain
 * percent sign.
 * A name without values yields no text at all and is noted as missing. @throws LimitPassed
 */
export const expand = (text: string, context: Context, spent: ValueSpending): string[] => {
  const parts = partsOf(text, context);
  if (parts.some((options) => options.length === 0)) return [];
  const texts = parts.reduce((count, options) => count * options.length, 1);
  spent.make(texts, 0);
  const lengths = parts.map((options) => options.map((option) => Buffer.byteLength(option)));
  const longest = lengths.reduce((sum, of) => sum + Math.max(...of), 0);
  spent.make(
    0,
    lengths.reduce((sum, of) => sum + (texts / of.length) * of.reduce((all, one) => all + one, 0), 0),
    longest,
  );
  return parts.reduce<string[]>(
    (starts, options) =>
      options.length === 1
        ? starts.map((start) => start + options[0]!)
        : starts.flatMap((start) => options.map((option) => start + option)),
    [''],
  );
};

/** What stands between placeholders is one option, a placeholder as many as it has values. */
const partsOf = (text: string, context: Context): (readonly string[])[] => {
  const parts: (readonly string[])[] = [];
  let literal = '';
  for (const token of text.match(/\\%|%[^%\s]+%|[^\\%]+|[\s\S]/g) ?? []) {
    if (token.length < 3 || !token.startsWith('%')) {
      literal += token === '\\%' ? '%' : token;
      continue;
    }
    if (literal !== '') parts.push([literal]);
    literal = '';
    parts.push(valuesOf(token.slice(1, -1), context));
  }
  return literal === '' ? parts : [...parts, [literal]];
};

const valuesOf = (name: string, { values, missing }: Context): readonly string[] => {
  const known = Object.hasOwn(values, name) ? values[name] : undefined;
  if (known) return known;
  missing.add(name);
  return [];
};
