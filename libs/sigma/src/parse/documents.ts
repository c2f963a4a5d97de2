import { isCollection, LineCounter, parseAllDocuments, type Document } from 'yaml';
import type { Failure, Json, JsonObject, RuleSource } from '../types.js';
import { isMap } from './detection.js';

/** One YAML document of a rule file, as plain data that can still tell on which line a part of it stands. */
export type RuleDocument = { file: string; index: number; value: JsonObject; line: number; lineOf(path: readonly (string | number)[]): number };

/**
 * Reads a file's documents. `action: global` is laid under every following document until `action: reset`;
 * `action: repeat` is laid over the document before it.
 */
export const readDocuments = ({ path: file, text }: RuleSource): { documents: RuleDocument[]; failures: Failure[] } => {
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: counter, prettyErrors: false });
  const nodes: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const documents: RuleDocument[] = [];
  const failures: Failure[] = [];
  let global: JsonObject = {};
  let previous: JsonObject = {};
  nodes.forEach((node, index) => {
    const lineAt = (offset: number | undefined): number => Math.max(1, counter.linePos(offset ?? 0).line);
    const problem = node.errors[0];
    if (problem) return void failures.push({ file, line: lineAt(problem.pos[0]), reason: `not valid YAML: ${problem.message}` });
    const line = lineAt(isCollection(node.contents) ? node.contents.range?.[0] : undefined);
    const value = asData(node);
    if (value === undefined) return void failures.push({ file, line, reason: 'not valid YAML: too many aliases' });
    if (value === null) return undefined;
    if (!isMap(value)) return void failures.push({ file, line, reason: 'a rule must be a map' });
    const { action, ...own } = value;
    if (action === 'global') return void (global = merge(global, own));
    if (action === 'reset') global = {};
    const whole = merge(action === 'repeat' ? previous : global, own);
    previous = whole;
    if (Object.keys(own).length === 0) return undefined;
    documents.push({ file, index, value: whole, line, lineOf: (path) => lineOf(node, path, lineAt) ?? line });
    return undefined;
  });
  if (documents.length === 0 && failures.length === 0) failures.push({ file, line: 1, reason: 'holds no rule' });
  return { documents, failures };
};

const asData = (node: Document): Json | undefined => {
  try {
    return node.toJS({ maxAliasCount: 100 }) as Json;
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
};

const merge = (under: JsonObject, over: JsonObject): JsonObject => {
  const result: JsonObject = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = result[key];
    result[key] = isMap(below) && isMap(value) ? merge(below, value) : value;
  }
  return result;
};

/** The line of the deepest part of the path that stands in this document. */
const lineOf = (node: Document, path: readonly (string | number)[], lineAt: (offset: number | undefined) => number): number | undefined => {
  for (let length = path.length; length > 0; length--) {
    const found = keyOrValue(node, path.slice(0, length));
    if (found !== undefined) return lineAt(found);
  }
  return undefined;
};

/** A map entry's line is its key's (the value may begin on the next line), a list member's its own. */
const keyOrValue = (node: Document, path: readonly (string | number)[]): number | undefined => {
  const parent = path.length === 1 ? node.contents : node.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return undefined;
  const name = path[path.length - 1];
  for (const [index, item] of parent.items.entries()) {
    if (typeof name === 'number' && 'range' in Object(item) && index === name) return (item as { range?: [number] }).range?.[0];
    const key = (item as { key?: { value?: unknown; range?: [number] } } | null)?.key;
    if (key && String(key.value) === String(name)) return key.range?.[0];
  }
  return undefined;
};
