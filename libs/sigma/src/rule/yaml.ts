import type { Spending } from './spending.js';
import { charsetProblemOf } from './charset.js';
import { carefulProblemOf, problemOf } from './yaml-bounds.js';
import { readCarefully } from './yaml-careful.js';
import type { YamlDocument } from './yaml-document.js';
import { readQuickly } from './yaml-quick.js';

/**
 * The documents of a text, by YAML 1.2's core schema. Two parsers share the work: a quick one reads what is plain, and
 * whatever it refuses or is not asked to read goes to a careful one, which also finds lines. Where both read, they
 * agree (`yaml.spec.ts`).
 */
export const readYaml = (text: string, spent: Spending): YamlDocument[] => {
  const problem = problemOf(text, spent.limits) ?? charsetProblemOf(text);
  if (problem) return [refused(problem)];
  const parts = readQuickly(text);
  const carefulProblem = (): ReturnType<typeof problemOf> =>
    carefulProblemOf(text, spent.limits, (length) => spent.takeCareful(length));
  if (!parts) {
    const careful = carefulProblem();
    return careful ? [refused(careful)] : readCarefully(text, spent.limits.nodes);
  }
  let read: YamlDocument[] | undefined;
  return parts.map(({ value, line }, index) => ({
    value,
    line,
    lineOf: (path) =>
      (read ??= carefulProblem() ? [] : readCarefully(text, spent.limits.nodes))[index]?.lineOf(path) ?? line,
  }));
};

const refused = (problem: Omit<NonNullable<YamlDocument['problem']>, 'line'>): YamlDocument => ({
  value: null,
  line: 1,
  lineOf: () => 1,
  problem: { line: 1, ...problem },
});
