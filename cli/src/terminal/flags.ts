import { InvalidArgumentError } from 'commander';

/** Reads an option that is one of a list, in any case; a wrong one is a wrong call, not an empty answer. */
export const oneOf =
  (choices: readonly string[]) =>
  (text: string): string => {
    const chosen = choices.find((one) => one.toLowerCase() === text.toLowerCase());
    if (chosen === undefined) throw new InvalidArgumentError(`It is one of ${choices.join(', ')}.`);
    return chosen;
  };

/** Reads an option that counts: a whole number from `least` on, to `most` where that is said. */
export const countFrom =
  (least: number, most?: number) =>
  (text: string): number => {
    const count = Number(text);
    if (!/^\d{1,9}$/.test(text) || count < least || count > (most ?? count))
      throw new InvalidArgumentError(`It is a whole number from ${least} ${most === undefined ? 'on' : `to ${most}`}.`);
    return count;
  };

/** Collects an option that may be repeated. */
export const repeated = (text: string, before: string[] = []): string[] => [...before, text];

/** Reads an option that is a number above 0. */
export const above0 = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It is a number above 0.');
  return value;
};
