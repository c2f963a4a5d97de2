export type Placeholders = {
  values: Readonly<Record<string, readonly string[]>>;
  /** Names asked for and not given; filled while reading. */
  missing: Set<string>;
};

const MAX_COMBINATIONS = 10_000;

/**
 * `a %name% b` with the values of `name` put in: one text per combination. `\%` is a plain percent sign.
 * A name without values yields no text at all and is noted as missing.
 */
export const expand = (text: string, placeholders: Placeholders): string[] => {
  let texts = [''];
  for (const token of text.match(/\\%|%[^%\s]+%|[\s\S]/g) ?? []) {
    const options = token === '\\%' ? ['%'] : optionsOf(token, placeholders);
    texts = texts.flatMap((start) => options.map((option) => start + option)).slice(0, MAX_COMBINATIONS);
  }
  return texts;
};

const optionsOf = (token: string, placeholders: Placeholders): readonly string[] => {
  if (token.length < 3) return [token];
  const name = token.slice(1, -1);
  const values = Object.hasOwn(placeholders.values, name) ? placeholders.values[name] : undefined;
  if (values) return values;
  placeholders.missing.add(name);
  return [];
};
