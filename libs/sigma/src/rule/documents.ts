import type { Failure, Json, JsonObject, RuleSource } from '../types.js';
import { isMap } from './selections.js';
import type { Spending } from './spending.js';
import { measure } from './document-size.js';
import { plainOutside } from './written-number.js';
import { readYaml } from './yaml.js';

/** One YAML document of a rule file, as plain data that can still tell on which line a part of it stands. */
export type RuleDocument = Place & { index: number; value: JsonObject; line: number };

/** Where a document stands: what is kept of it once it is read. */
export type Place = { file: string; lineOf(path: readonly (string | number)[]): number };

/**
 * Reads a file's documents. `action: global` is laid under every following document until `action: reset`;
 * `action: repeat` is laid over the document before it.
 */
export const readDocuments = (
  { path: file, text }: RuleSource,
  spent: Spending,
): { documents: RuleDocument[]; failures: Failure[] } => {
  const documents: RuleDocument[] = [];
  const failures: Failure[] = [];
  let global: JsonObject = {};
  let previous: JsonObject = {};
  readYaml(text, spent).forEach(({ value: stated, line, lineOf, problem }, index) => {
    const found = problem ?? measure(stated, line, spent);
    if (found) return void failures.push({ file, ...found });
    const value = plainOutside(stated);
    if (value === null) return undefined;
    if (!isMap(value)) return void failures.push({ file, line, reason: 'a rule must be a map' });
    const { action, own } = withoutAction(value);
    if (action === 'global') return void (global = merge(global, own));
    if (action === 'reset') global = {};
    const whole = merge(action === 'repeat' ? previous : global, own);
    previous = whole;
    if (Object.keys(own).length === 0) return undefined;
    documents.push({ file, index, value: whole, line, lineOf });
    return undefined;
  });
  if (documents.length === 0 && failures.length === 0) failures.push({ file, line: 1, reason: 'holds no rule' });
  return { documents, failures };
};

const withoutAction = (value: JsonObject): { action?: Json; own: JsonObject } => {
  if (!Object.hasOwn(value, 'action')) return { own: value };
  const { action, ...own } = value;
  return { action, own };
};

const merge = (under: JsonObject, over: JsonObject): JsonObject => {
  if (Object.keys(under).length === 0) return over;
  const result: JsonObject = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isMap(below) && isMap(value) ? merge(below, value) : value;
  }
  return result;
};
