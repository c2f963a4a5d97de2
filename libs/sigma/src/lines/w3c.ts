import { isIP } from 'node:net';
import type { JsonObject } from '../json.js';

/** Where a piece of telemetry keeps the names of a W3C log's fields, as its `#Fields` directive says them. */
export const FIELDS = '#Fields';

/** What IIS writes unless it is told otherwise; its older releases name no referrer. */
const OF_IIS =
  'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'.split(
    ' ',
  );
const OF_OLDER_IIS = OF_IIS.filter((name) => name !== 'cs(Referer)');

const MOST_FIELDS = 128;
const STARTS = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;

/**
 * A line of a log in W3C's extended format under its names, or under those of IIS when none are told and the line looks
 * like it. W3C's times are UTC.
 */
export const w3cOf = (line: string, told: string | undefined): JsonObject | undefined => {
  const names = told === undefined ? undefined : told.trim().split(/\s+/, MOST_FIELDS);
  if (names === undefined && !STARTS.test(line)) return undefined;
  const values = valuesOf(line, names?.length);
  const known = names ?? [OF_IIS, OF_OLDER_IIS].find(({ length }) => length === values?.length);
  if (values === undefined || known === undefined) return undefined;
  const fields: JsonObject = {};
  known.forEach((name, place) => {
    const value = values[place] ?? '-';
    if (value !== '-' && value !== '' && !Object.hasOwn(fields, name)) fields[name] = value;
  });
  if (names === undefined && !isOfIis(fields)) return undefined;
  const [date, time] = [fields.date, fields.time];
  if (typeof date === 'string' && typeof time === 'string') fields['derived.time'] = `${date}T${time}Z`;
  return fields;
};

const isOfIis = (fields: JsonObject): boolean =>
  isIP(String(fields['s-ip'])) !== 0 &&
  isIP(String(fields['c-ip'])) !== 0 &&
  /^\d{3}$/.test(String(fields['sc-status']));

/** Cut at blanks or tabs; proxies put values with blanks into quotes. More values than names are none. */
const valuesOf = (line: string, count: number | undefined): string[] | undefined => {
  const values = line.split(line.includes('\t') ? '\t' : ' ', MOST_FIELDS + 1);
  if (count === undefined || values.length <= count) return values;
  const quoted = first(line.matchAll(/"([^"]*)"|\S+/g), count + 1).map(([whole, inside]) => inside ?? whole);
  return quoted.length <= count ? quoted : undefined;
};

const first = (found: Iterable<RegExpExecArray>, most: number): RegExpExecArray[] => {
  const kept: RegExpExecArray[] = [];
  for (const one of found) if (kept.push(one) >= most) break;
  return kept;
};
