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

/** CloudFront's files name these in their header; more came at the end over the years. */
const OF_CLOUDFRONT =
  'date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'.split(
    ' ',
  );
const FEWEST_OF_CLOUDFRONT = 24;

const MOST_FIELDS = 128;
const STARTS = /^\d{4}-\d\d-\d\d[ \t]\d\d:\d\d:\d\d[ \t]/;

/**
 * A line of a log in W3C's extended format under its names, or under those of IIS or CloudFront when none are told and
 * the line looks like it. W3C's times are UTC.
 */
export const w3cOf = (line: string, told: string | undefined): JsonObject | undefined => {
  const names = told === undefined ? undefined : told.trim().split(/\s+/, MOST_FIELDS);
  if (names === undefined && !STARTS.test(line)) return undefined;
  const values = valuesOf(line, names?.length);
  const known = names ?? likelyNames(line, values?.length ?? 0);
  if (values === undefined || known === undefined) return undefined;
  const fields: JsonObject = {};
  known.forEach((name, place) => {
    const value = values[place] ?? '-';
    if (value !== '-' && value !== '' && !Object.hasOwn(fields, name)) fields[name] = value;
  });
  if (names === undefined && !isLikely(fields)) return undefined;
  const [date, time] = [fields.date, fields.time];
  if (typeof date === 'string' && typeof time === 'string') fields['derived.time'] = `${date}T${time}Z`;
  return fields;
};

/** CloudFront's values stand between tabs, those of IIS between blanks. */
const likelyNames = (line: string, count: number): readonly string[] | undefined => {
  if (!line.includes('\t')) return [OF_IIS, OF_OLDER_IIS].find(({ length }) => length === count);
  const isOne = count >= FEWEST_OF_CLOUDFRONT && count <= OF_CLOUDFRONT.length;
  return isOne ? OF_CLOUDFRONT.slice(0, count) : undefined;
};

const isLikely = (fields: JsonObject): boolean =>
  (isIP(String(fields['s-ip'])) !== 0 || /^[A-Z]{3}\d{1,3}-[A-Z\d]{1,4}$/.test(String(fields['x-edge-location']))) &&
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
