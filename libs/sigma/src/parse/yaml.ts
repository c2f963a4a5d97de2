import type { Limits } from '../limits.js';
import { carefulProblemOf, problemOf } from './yaml-bounds.js';
import { readCarefully } from './yaml-careful.js';
import type { YamlDocument } from './yaml-document.js';
import { readQuickly } from './yaml-quick.js';

/**
 * The documents of a text, by YAML 1.2's core schema. Two parsers share the work: a quick one reads what is plain, and whatever it refuses or
 * is not asked to read goes to a careful one, which also finds lines. Where both read, they agree (`yaml.spec.ts`).
 */
export const readYaml = (text: string, limits: Limits): YamlDocument[] => {
  const problem = problemOf(text, limits);
  if (problem) return [refused(problem)];
  const parts = readQuickly(text);
  const careful = carefulProblemOf(text, limits);
  if (!parts) return careful ? [refused(careful)] : readCarefully(text);
  let read: YamlDocument[] | undefined = careful ? [] : undefined;
  return parts.map(({ value, line }, index) => ({ value, line, lineOf: (path) => (read ??= readCarefully(text))[index]?.lineOf(path) ?? line }));
};

const refused = (problem: NonNullable<ReturnType<typeof problemOf>>): YamlDocument => ({ value: null, line: 1, lineOf: () => 1, problem: { line: 1, ...problem } });
