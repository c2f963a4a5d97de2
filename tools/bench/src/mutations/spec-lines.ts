/** What specs quote: the lines of devices, programs and agents that are known are known by these. */
import { readFileSync } from 'node:fs';

const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const CONSTANT = /^(?:export )?const (\w+)(?:: string)? = (['"`].*['"`]);$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };
/** Shorter texts are what tests are called, names and values. */
const SHORTEST = 32;

const plain = (text: string): string =>
  text.replace(/\\(?:u([\da-f]{4})|x([\da-f]{2})|(.))/gi, (_, four?: string, two?: string, one = '') => {
    const hex = four ?? two;
    return hex === undefined ? (ESCAPES[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16));
  });

const textsIn = (line: string, constants: ReadonlyMap<string, string>): string[] =>
  [...line.matchAll(QUOTED)].map(([, single, double, template]) =>
    plain(
      single ?? double ?? template?.replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => constants.get(name) ?? '') ?? '',
    ),
  );

/** A sentence about a test has no number. */
const isLine = (text: string): boolean => text.length >= SHORTEST && /\d/.test(text) && !/^[./#]/.test(text);

/** The lines and JSON that a spec quotes, each once, with its constants in their place. */
export const linesInSpec = (path: string): string[] => {
  const constants = new Map<string, string>();
  const found = new Set<string>();
  for (const line of readFileSync(path, 'utf8')
    .replaceAll(/ =\n\s+/g, ' = ')
    .split('\n')) {
    const [, name, value] = CONSTANT.exec(line.trim()) ?? [];
    const texts = textsIn(line, constants);
    if (name !== undefined && value !== undefined) constants.set(name, texts.join(''));
    for (const text of texts.filter(isLine)) found.add(text);
  }
  return [...found];
};
