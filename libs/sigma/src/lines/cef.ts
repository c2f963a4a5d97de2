import type { JsonObject } from '../json.js';
import { isOurs } from './named-values.js';
import { epochOrWritten, isYearless } from './written-time.js';
import { barred, recordStart } from './vendor-header.js';

const NAME = /(?:^|\s)([A-Za-z_][A-Za-z0-9_.\-[\]]{0,63})=/g;
const MOST_NAMES = 512;
/** When it happened, or when who first heard of it did; best first. */
const TIMES = ['rt', 'deviceReceiptTime', 'end', 'endTime', 'start', 'startTime', 'art', 'mrt'];
/** Their values are one line: a backslash and an n are the start of a name. */
const ONE_LINE =
  /^(?:[sd](?:user|proc|ntdom)|file(?:Path|Name)|fname|old[Ff]ile(?:Path|Name)|(?:source|destination)(?:User|Process)Name)$/;
/** What a label may not call its value, for rules mean something else by it. */
const TAKEN =
  /^(?:src_ip|dst_ip|src_port|dst_port|username|action|blocked|protocol|c-.*|cs-.*|sc-.*|r-.*|derived\..*)$/i;

/**
 * The fields of a line in ArcSight's Common Event Format, of any version and behind a syslog header; the header's in
 * CEF's names. A label (`cs1Label`) gives its value another name. `derived.time` is what `rt`, or what stands for it,
 * says, `derived.yearless` the same
 * without a year. Undefined when the line is no CEF.
 */
export const cefOf = (line: string): JsonObject | undefined => {
  const start = recordStart(line, /CEF: ?\d{1,3}(?:\.\d)?\|/);
  const header = start < 0 ? undefined : barred(line, start + 4, 7);
  if (header === undefined) return undefined;
  const [, deviceVendor = '', deviceProduct = '', deviceVersion = '', signatureId = '', name = '', severity = ''] =
    header.values;
  const said = extensionOf(line.slice(header.end));
  return {
    ...labelled(said),
    ...said,
    ...{ deviceVendor, deviceProduct, deviceVersion, signatureId, name, severity },
    ...timeOf(said),
  };
};

/** A value goes on until the next name, whose `=` is not escaped; nothing but that ends it, no quote and no brace. */
const extensionOf = (text: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  const names: RegExpExecArray[] = [];
  for (const found of text.matchAll(NAME)) if (names.push(found) >= MOST_NAMES) break;
  names.forEach((found, place) => {
    const [whole, name = ''] = found;
    const raw = text.slice(found.index + whole.length, names[place + 1]?.index ?? text.length).trim();
    const value = unescaped(/^"([^"]*)"$/.exec(raw)?.[1] ?? raw, ONE_LINE.test(name));
    if (value !== '' && !isOurs(name) && !Object.hasOwn(fields, name)) fields[name] = value;
  });
  return fields;
};

const unescaped = (value: string, isOneLine: boolean): string =>
  value.includes('\\')
    ? value.replace(/\\([=|\\nr])/g, (whole, one: string) =>
        one === 'n' || one === 'r' ? (isOneLine ? whole : one === 'n' ? '\n' : '\r') : one,
      )
    : value;

const labelled = (fields: Readonly<Record<string, string>>): JsonObject => {
  const more: JsonObject = {};
  for (const [name, label] of Object.entries(fields)) {
    const value = name.endsWith('Label') ? fields[name.slice(0, -5)] : undefined;
    if (value !== undefined && !TAKEN.test(label)) more[label] = value;
  }
  return more;
};

const timeOf = (fields: Readonly<Record<string, string>>): JsonObject => {
  for (const name of TIMES) {
    const time = fields[name] === undefined ? undefined : epochOrWritten(fields[name]);
    if (time !== undefined) return { 'derived.time': time };
    if (isYearless(fields[name] ?? '')) return { 'derived.yearless': fields[name] ?? '' };
  }
  return {};
};
