import { Refused } from '#libs/model';

/**
 * `Image|endswith=\a.exe` as a condition; everything after the first equals sign is the value, as it is.
 * @throws Refused.
 */
export const conditionOf = (text: string): { field: string; values: string[] } => {
  const at = text.indexOf('=');
  if (at < 1) throw new Refused(`"${text}" is not Field=value`, 'BAD_CONDITION');
  return { field: text.slice(0, at), values: [text.slice(at + 1)] };
};

/** A day, or a time with its offset, as RFC 3339 in UTC. @throws Refused. */
export const momentOf = (text: string): string => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const ms = isDay || /^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 31 April for 1 May.
  if (Number.isNaN(ms) || (isDay && new Date(ms).toISOString().slice(0, 10) !== text))
    throw new Refused(
      `"${text}" is neither a day such as 2027-01-31 nor a time such as 2027-01-31T18:00:00+01:00`,
      'BAD_TIME',
    );
  return new Date(ms).toISOString();
};
