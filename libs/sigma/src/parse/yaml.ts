import { readCarefully } from './yaml-careful.js';
import type { YamlDocument } from './yaml-document.js';
import { readQuickly } from './yaml-quick.js';

/**
 * The documents of a text, by YAML 1.2's core schema. Two parsers share the work: a quick one reads what is plain, and whatever it refuses or
 * is not asked to read goes to a careful one, which also finds lines. Where both read, they agree (`yaml.spec.ts`).
 */
export const readYaml = (text: string): YamlDocument[] => {
  const parts = readQuickly(text);
  if (!parts) return readCarefully(text);
  let careful: YamlDocument[] | undefined;
  return parts.map(({ value, line }, index) => ({ value, line, lineOf: (path) => (careful ??= readCarefully(text))[index]?.lineOf(path) ?? line }));
};
