import { isCollection, isMap, isScalar, LineCounter, parseAllDocuments, visit, type Document, type Scalar } from 'yaml';
import type { Json } from '../types.js';
import { DEFAULT_LIMITS } from './limits.js';
import { writtenNumber } from './written-number.js';
import { weightOf } from './yaml-aliases.js';
import type { YamlDocument } from './yaml-document.js';

/**
 * Reads all of YAML 1.2, and YAML 1.1's merges (`<<`) with it, and can still tell on which line a part stands.
 * @param most nodes of a document, each as often as aliases make it stand there; before merges four times as many
 */
export const readCarefully = (text: string, most = DEFAULT_LIMITS.nodes): YamlDocument[] => {
  const counter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: false,
    merge: true,
    logLevel: 'error',
  });
  const nodes: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const lineAt = (offset: number | undefined): number => Math.max(1, counter.linePos(offset ?? 0).line);
  return nodes.map((node) => {
    const line = lineAt(isCollection(node.contents) ? node.contents.range?.[0] : undefined);
    const lineOf = (path: readonly (string | number)[]): number => lineIn(node, path, lineAt) ?? line;
    visit(node, { Scalar: keepWriting });
    const error = node.errors[0] ?? keyTwice(node);
    if (error)
      return {
        value: null,
        line,
        lineOf,
        problem: { line: lineAt(error.pos[0]), reason: `not valid YAML: ${error.message}` },
      };
    const data = weightOf(node) > MERGED_AWAY * most ? TOO_MANY : asData(node);
    return 'value' in data ? { ...data, line, lineOf } : { value: null, line, lineOf, problem: { line, ...data } };
  });
};

/** The parser's own look for keys that are there twice compares each with each. */
const keyTwice = (node: Document): { message: string; pos: [number] } | undefined => {
  let found: number | undefined;
  visit(node, (_, one) => {
    if (!isMap(one)) return undefined;
    const seen = new Set<unknown>();
    for (const { key } of one.items) {
      if (!isScalar(key)) continue;
      if (seen.has(key.value)) found = key.range?.[0] ?? 0;
      if (found !== undefined) return visit.BREAK;
      seen.add(key.value);
    }
    return undefined;
  });
  return found === undefined ? undefined : { message: 'Map keys must be unique', pos: [found] };
};

/** Merged keys give way to those that stand there: what is left of a document is counted when it is read. */
const MERGED_AWAY = 4;

const TOO_MANY = { reason: 'not valid YAML: too many aliases', limit: 'nodes' as const };

const asData = (node: Document): { value: Json } | { reason: string; limit?: 'nodes' } => {
  try {
    return { value: node.toJS({ maxAliasCount: 100 }) as Json };
  } catch (error) {
    if (error instanceof ReferenceError) return TOO_MANY;
    if (error instanceof Error && error.message.startsWith('Merge sources'))
      return { reason: "not valid YAML: '<<' merges maps, or lists of maps" };
    throw error;
  }
};

const keepWriting = (key: unknown, scalar: Scalar): void => {
  if (scalar.type !== 'PLAIN' || typeof scalar.value !== 'number' || scalar.source === undefined) return;
  scalar.value = key === 'key' ? scalar.source : writtenNumber(scalar.value, scalar.source);
};

const lineIn = (
  node: Document,
  path: readonly (string | number)[],
  lineAt: (offset: number | undefined) => number,
): number | undefined => {
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
    if (typeof name === 'number' && 'range' in Object(item) && index === name)
      return (item as { range?: [number] }).range?.[0];
    const key = (item as { key?: { value?: unknown; range?: [number] } } | null)?.key;
    if (key && String(key.value) === String(name)) return key.range?.[0];
  }
  return undefined;
};
