import { clockOf, epochOrWritten, type WrittenTime } from '#libs/sigma';
import { textOf, timeOf } from './json-values.js';
import type { NativeJson } from './source.js';

/**
 * Epoch ms of a time in any form that is known: as `timeOf` reads it, counted as text, or written in words (months,
 * zones, Microsoft's month/day/year). A time without a zone is read as UTC; one in a zone that is not known is none.
 */
export const anyTimeOf = (value: NativeJson | undefined): number | undefined => {
  const time = timeOf(value);
  if (time !== undefined) return time;
  const text = textOf(value);
  return text === undefined ? undefined : timeOf(epochOrWritten(text));
};

/** A time in words that leaves out the year. */
export const yearlessTimeOf = (text: string | undefined): WrittenTime | undefined =>
  text === undefined ? undefined : clockOf(`${text} `, 0)?.time;
