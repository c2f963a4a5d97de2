import { isoOfWritten, MONTHS } from './written-time.js';
import { zoneOf } from './zones.js';

const PARTS: Record<string, [part: string, form: string]> = {
  y: ['year', String.raw`(\d{4}|\d\d)`],
  u: ['year', String.raw`(\d{4})`],
  M: ['month', String.raw`(\d\d?|[A-Za-z]{3,9})`],
  L: ['month', String.raw`(\d\d?|[A-Za-z]{3,9})`],
  d: ['day', String.raw` ?(\d\d?)`],
  H: ['hour', String.raw` ?(\d\d?)`],
  h: ['hour', String.raw` ?(\d\d?)`],
  m: ['minute', String.raw`(\d\d)`],
  s: ['second', String.raw`(\d\d)`],
  S: ['fraction', String.raw`(\d{1,9})`],
  a: ['half', String.raw`([AaPp][Mm])`],
  E: ['', String.raw`([A-Za-z]{3,9})`],
  z: ['zone', String.raw`([A-Za-z0-9:+-]{1,40})`],
  Z: ['zone', String.raw`([A-Za-z0-9:+-]{1,12})`],
  X: ['zone', String.raw`(Z|[+-]\d\d(?::?\d\d)?)`],
};

const TOKENS = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']/g;
const LONGEST = 64;

interface CompiledPattern {
  names: string[];
  form: RegExp;
}

const compiled = (pattern: string): CompiledPattern | undefined => {
  const names: string[] = [];
  let form = '';
  for (const [token, literal, letter] of pattern.matchAll(TOKENS)) {
    const known = letter === undefined ? undefined : PARTS[letter];
    if (letter !== undefined && known === undefined) return undefined;
    if (known && names.includes(known[0])) return undefined; // Parts beside each other could be divided in many ways.
    if (known) names.push(known[0]);
    form += known ? known[1] : escaped(literal === undefined ? token : literal === '' ? "'" : literal);
  }
  return { names, form: new RegExp(`^${form}$`) };
};

/** A device says one pattern with every event; who says another each time finds none kept. */
const MOST_KEPT = 256;
const kept = new Map<string, CompiledPattern | undefined>();
const compiledOnce = (pattern: string): CompiledPattern | undefined => {
  if (kept.has(pattern)) return kept.get(pattern);
  const made = compiled(pattern);
  if (kept.size < MOST_KEPT) kept.set(pattern, made);
  return made;
};

/**
 * A time in the pattern that a log names (Java's: `yyyy-MM-dd'T'HH:mm:ss.SSSZ`), as ISO 8601; undefined when it does
 * not follow it, or lacks the year, the month or the day.
 */
export const timeByPattern = (time: string, pattern: string): string | undefined => {
  if (time.length > LONGEST || pattern.length > LONGEST) return undefined;
  const known = compiledOnce(pattern);
  const found = known?.form.exec(time.trim());
  return known && found ? isoOf(new Map(known.names.map((name, place) => [name, found[place + 1] ?? '']))) : undefined;
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const isoOf = (parts: ReadonlyMap<string, string>): string | undefined => {
  const part = (name: string, otherwise = '00'): string => parts.get(name) ?? otherwise;
  const [month, year] = [part('month', ''), part('year', '')];
  const number = /^\d/.test(month) ? Number(month) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const zone = zoneOf(part('zone', ''));
  if (number < 1 || !parts.has('day') || year === '' || zone === undefined) return undefined;
  const clock = `${part('hour')}:${part('minute')}:${part('second')}`;
  const half = parts.get('half');
  const whole = year.length === 2 ? `20${year}` : year;
  return half === undefined
    ? isoOfWritten(`${whole}-${number}-${part('day')} ${clock}.${part('fraction', '0')}${zone}`)
    : isoOfWritten(`${number}/${part('day')}/${whole} ${clock}.${part('fraction', '0')} ${half}${zone}`);
};
