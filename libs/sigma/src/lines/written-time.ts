import { zoneOf } from './zones.js';

export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLOCK = String.raw`(\d\d?):(\d\d):(\d\d)(?:[.,](\d{1,9}))?`;

/** Forms of times that people and programs write; the groups' names say which part is which. */
const FORMS: { form: RegExp; parts: readonly string[] }[] = [
  {
    form: new RegExp(`^(\\d{4})[-/](\\d\\d?)[-/](\\d\\d?)[T ]${CLOCK}(.*)$`),
    parts: ['year', 'month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone'],
  },
  {
    form: new RegExp(
      `^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +(\\d\\d?),? +(\\d{4}),? +${CLOCK}(?: ([AP]M)\\b)?(.*)$`,
      'i',
    ),
    parts: ['month', 'day', 'year', 'hour', 'minute', 'second', 'fraction', 'half', 'zone'],
  },
  {
    form: new RegExp(`^(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +(\\d\\d?) +${CLOCK} (?:(\\D+) )?(\\d{4})$`, 'i'),
    parts: ['month', 'day', 'hour', 'minute', 'second', 'fraction', 'zone', 'year'],
  },
  {
    form: new RegExp(`^(?:[A-Z][a-z]{2},? )?(\\d\\d?)[ /-]([A-Z][a-z]{2})[ /-](\\d{4})[ :]${CLOCK}(.*)$`, 'i'),
    parts: ['day', 'month', 'year', 'hour', 'minute', 'second', 'fraction', 'zone'],
  },
  {
    form: new RegExp(`^(\\d\\d?)/(\\d\\d?)/(\\d{4}),? ${CLOCK} ?([AP]M)(.*)$`, 'i'),
    parts: ['month', 'day', 'year', 'hour', 'minute', 'second', 'fraction', 'half', 'zone'],
  },
];

const LONGEST = 80;

/**
 * A time as ISO 8601: of words for months and zones, of slashes, of Microsoft's month, day and half of the day. A time
 * without a zone stays without one; one in a zone that is not known is undefined, as is what is no time.
 */
export const isoOfWritten = (text: string): string | undefined => {
  if (text.length > LONGEST) return undefined;
  for (const { form, parts } of FORMS) {
    const found = form.exec(text.trim());
    if (found) return isoOf(new Map(parts.map((part, place) => [part, found[place + 1] ?? ''])));
  }
  return undefined;
};

export const two = (text: string | number): string => String(text).padStart(2, '0');

const isoOf = (parts: ReadonlyMap<string, string>): string | undefined => {
  const part = (name: string): string => parts.get(name) ?? '';
  const zone = zoneOf(part('zone').trim());
  const month = /^\d/.test(part('month')) ? Number(part('month')) : MONTHS.indexOf(part('month').toLowerCase()) + 1;
  const hour = hourOf(Number(part('hour')), part('half').toUpperCase());
  if (zone === undefined || month === 0 || hour === undefined) return undefined;
  const fraction = part('fraction') === '' ? '' : `.${part('fraction')}`;
  return `${part('year')}-${two(month)}-${two(part('day'))}T${two(hour)}:${part('minute')}:${part('second')}${fraction}${zone}`;
};

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, which have 10, 13, 16 and 19 digits. */
const COUNTED = /^(\d{10})(\d{3}|\d{6}|\d{9})?(?:\.(\d{1,9}))?$/;

/** A time that is counted or written, as ISO 8601. */
export const epochOrWritten = (text: string): string | undefined => {
  const [, seconds, more, fraction = ''] = COUNTED.exec(text.trim()) ?? [];
  if (seconds === undefined) return isoOfWritten(text);
  const ms = (more ?? fraction).slice(0, 3).padEnd(3, '0');
  return new Date(Number(seconds) * 1_000 + Number(ms)).toISOString();
};

/** `Sep 07 14:50:39`: its year is that of whoever reads it in time. */
export const isYearless = (text: string): boolean => /^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d/.test(text);

/** An hour of 24; undefined for one that no half of the day has. @param half `AM`, `PM` or nothing. */
export const hourOf = (hour: number, half: string): number | undefined =>
  half === '' ? hour : hour < 1 || hour > 12 ? undefined : (hour % 12) + (half === 'PM' ? 12 : 0);
