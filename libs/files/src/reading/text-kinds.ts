import { SeparatedValues } from '../table/separated-values.js';
import { isSeparatedValues, namedTable } from '../table/table-kinds.js';
import type { TableReader } from '../table/table.js';
import { JsonValues } from './json-values.js';
import { Lines } from './lines.js';
import type { PartReader } from './part.js';
import { w3cLines } from './w3c-lines.js';
import { XmlEvents } from './xml-events.js';

const W3C = /^(?:#[A-Za-z][A-Za-z-]{1,31}:[^\n]*\n){0,20}?#Fields:/;
const XML = /^(?:<\?xml|<!--|<Events?[\s>])/;

const ofRows = (reader: TableReader): PartReader => ({
  take: (bytes, isLast) =>
    reader
      .take(bytes, isLast)
      .map((row) => ('json' in row ? { event: row.json } : { lost: { ...row.problem, bytes: row.bytes } })),
});

/** Whether a text begins as JSON: its first line is, or begins a value over several lines. */
const isJson = (text: string): boolean => {
  const [first = ''] = text.split('\n', 1);
  if (/^\s*[[{]\s*$/.test(first) || /^\[\s*\{\s*"/.test(text) || /^\{\s*"[^"\n]*"\s*:/.test(text)) return true;
  try {
    return typeof JSON.parse(first) === 'object';
  } catch {
    return false;
  }
};

/**
 * How a text is read, by how it begins; separated values also by the name of the file, which may hold a header alone.
 */
export const textReader = (name: string, beginning: Buffer): PartReader => {
  const text = beginning
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  const named = namedTable(beginning);
  if (named) return ofRows(named);
  if (isJson(text)) return new JsonValues();
  if (XML.test(text)) return new XmlEvents();
  if (W3C.test(text)) return w3cLines();
  return /\.(?:csv|tsv)$/i.test(name) || isSeparatedValues(beginning) ? ofRows(new SeparatedValues()) : new Lines();
};

/** How a text may be read while it grows: see `growthOf`. */
export const textGrowth = (name: string, beginning: Buffer): 'lines' | 'rows' | 'whole' => {
  if (namedTable(beginning)) return 'rows';
  const text = beginning.toString('utf8').trimStart();
  if (W3C.test(text)) return 'rows';
  const [first = ''] = text.split('\n', 1);
  if (!isJson(text)) return textReader(name, beginning) instanceof Lines ? 'lines' : 'whole';
  try {
    const value = JSON.parse(first) as unknown;
    return Array.isArray(value) ? 'whole' : 'lines';
  } catch {
    return 'whole';
  }
};
