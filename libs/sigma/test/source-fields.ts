import { parse } from 'yaml';
import { compile, logsourcesOf, type Json, type JsonObject, type Logsource, type SourceKind } from '../src/index.js';
import { native } from './rules.js';

/** What a source's mapping makes of an event: its logsources as `product/category` or `product/service`. */
export const labels = (kind: SourceKind, event: JsonObject): string[] =>
  logsourcesOf(kind, event).map(({ product = '', category, service }) =>
    [product, category ?? service ?? '*'].join('/'),
  );

const nothing = compile([]);

/** The text of fields by the names rules use. */
export const read = (kind: SourceKind, event: JsonObject, ...fields: string[]): Record<string, string> =>
  nothing.read({ logsource: kind, native: native(event) }, fields);

/** Whether a rule of that logsource with one selection matches the event. */
export const matches = (kind: SourceKind, event: JsonObject, logsource: Logsource, selection: JsonObject): boolean =>
  compile([
    {
      path: 'r.yml',
      text: JSON.stringify({ title: 't', id: 'r', logsource, detection: { s: selection, condition: 's' } }),
    },
  ]).match({ logsource: kind, native: native(event) }).length === 1;

/** Whether a field is found under this name; the value as a rule file writes it. */
export const finds = (
  logsource: Logsource,
  field: string,
  value: string,
  kind: SourceKind,
  event: JsonObject,
): boolean => matches(kind, event, logsource, { [field]: parse(value) as Json });
