import { LimitPassed } from '../errors.js';
import type { Json } from '../types.js';
import type { Spending } from './spending.js';
import { isWritten } from './written-number.js';
import type { YamlDocument } from './yaml-document.js';

/**
 * Counts what a document holds, as a tree: what an alias stands for counts wherever it does. Stops where it is too
 * much, and says so.
 */
export const measure = (value: Json, line: number, spent: Spending): YamlDocument['problem'] => {
  const { nodes, depth } = spent.limits;
  let found = 0;
  const walk = (one: Json, level: number): void => {
    found += 1;
    if (found > nodes) throw new LimitPassed(`the document holds more than ${nodes} maps, lists and values`, 'nodes');
    if (typeof one !== 'object' || one === null || isWritten(one)) return;
    if (level > depth) throw new LimitPassed(`maps and lists lie more than ${depth} deep in each other`, 'depth');
    if (Array.isArray(one)) for (const member of one) walk(member, level + 1);
    else for (const key in one) walk(one[key] ?? null, level + 1);
  };
  try {
    walk(value, 1);
    spent.take('Nodes', found);
    return undefined;
  } catch (error) {
    if (!(error instanceof LimitPassed)) throw error;
    return { line, reason: error.message, limit: error.limit };
  }
};
