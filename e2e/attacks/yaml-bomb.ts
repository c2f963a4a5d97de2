import { compile } from '#libs/sigma';
import type { Attack } from './attack.js';

/** A rule whose test has an event with a list, and so many aliases that stand for it. */
const loads = (members: number, aliases: number): boolean => {
  const list = `[${Array.from({ length: members }, (_, index) => `m${index}`).join(', ')}]`;
  const event = `{ A: &a ${list}, B: [${Array(aliases).fill('*a').join(', ')}] }`;
  const text = `title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { A: m1 }\n  condition: s\nvigie:\n  tests: [{ name: n, matches: true, event: ${event} }]\n`;
  return compile([{ path: 'own/t.yml', text }]).rules.length === 1;
};

/** What an alias stands for counts wherever it does: a few kilobytes are tens of thousands of nodes. */
export const yamlBomb: Attack = {
  name: 'yaml-bomb',
  line: 8,
  control: () => loads(10, 3),
  attack: () => (loads(1_000, 60) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'libs/sigma/src/rule/document-size.ts',
    find: 'if (found > nodes) throw',
    replace: 'if (found > 10 * nodes) throw',
  },
};
