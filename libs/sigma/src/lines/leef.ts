import type { JsonObject } from '../json.js';
import { isOurs } from './named-values.js';
import { timeByPattern } from './time-pattern.js';
import { epochOrWritten, isYearless } from './written-time.js';
import { barred, recordStart } from './vendor-header.js';

const NAME = /(?:^|\s)([A-Za-z_][A-Za-z0-9_.\-]{0,63})=/g;
const MOST_NAMES = 512;

/**
 * The fields of a line in QRadar's Log Event Extended Format, 1 or 2, behind a syslog header; the header's in CEF's
 * names and as `EventID`. `derived.time` is what `devTime` says, read as `devTimeFormat` tells. Undefined when the line
 * is no LEEF.
 */
export const leefOf = (line: string): JsonObject | undefined => {
  const start = recordStart(line, /LEEF: ?[12](?:\.\d)?\|/);
  const version = start < 0 ? undefined : /^LEEF: ?([12])(?:\.\d)?\|/.exec(line.slice(start, start + 12))?.[1];
  const header = version === undefined ? undefined : barred(line, start + 5, 5);
  if (header === undefined) return undefined;
  const [, deviceVendor = '', deviceProduct = '', deviceVersion = '', id = ''] = header.values;
  const { delimiter, text } = attributesIn(line.slice(header.end), version === '2');
  const said = fieldsIn(text, delimiter);
  return { ...said, ...{ deviceVendor, deviceProduct, deviceVersion, signatureId: id, EventID: id }, ...timeOf(said) };
};

/** What stands between attributes: a tab unless version 2 says another character, itself or its number. */
const attributesIn = (text: string, saysDelimiter: boolean): { delimiter: string; text: string } => {
  const [told, word = ''] = saysDelimiter ? (/^([^|=\t]{0,6}|\t)\|/.exec(text) ?? []) : [];
  if (told === undefined) return { delimiter: '\t', text };
  const code = /^(?:0?[xX])([0-9a-fA-F]{1,4})$/.exec(word.trim())?.[1];
  const one = code === undefined ? word : String.fromCharCode(parseInt(code, 16));
  return { delimiter: one === '' ? '\t' : one === '\\t' ? '\t' : one, text: text.slice(told.length) };
};

/** Relays write a tab as `#011`, or make it a blank: then a value goes on until the next name. */
const fieldsIn = (text: string, delimiter: string): Record<string, string> => {
  const between = [delimiter, '#011', '\\t'].find((one) => text.includes(one));
  return between === undefined && delimiter === '\t' ? byNames(text) : byDelimiter(text, between ?? delimiter);
};

const byDelimiter = (text: string, delimiter: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (const one of text.split(delimiter, MOST_NAMES)) {
    const at = one.indexOf('=');
    if (at > 0) keep(fields, one.slice(0, at).trim(), one.slice(at + 1).trim());
  }
  return fields;
};

const byNames = (text: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  const names: RegExpExecArray[] = [];
  for (const found of text.matchAll(NAME)) if (names.push(found) >= MOST_NAMES) break;
  names.forEach((found, place) => {
    const value = text.slice(found.index + found[0].length, names[place + 1]?.index ?? text.length);
    keep(fields, found[1] ?? '', value.trim());
  });
  return fields;
};

const keep = (fields: Record<string, string>, name: string, value: string): void => {
  if (value !== '' && !isOurs(name) && !Object.hasOwn(fields, name)) fields[name] = value;
};

const timeOf = ({ devTime, devTimeFormat }: Readonly<Record<string, string>>): JsonObject => {
  if (devTime === undefined) return {};
  const time =
    (devTimeFormat === undefined ? undefined : timeByPattern(devTime, devTimeFormat)) ?? epochOrWritten(devTime);
  if (time !== undefined) return { 'derived.time': time };
  return isYearless(devTime) ? { 'derived.yearless': devTime } : {};
};
