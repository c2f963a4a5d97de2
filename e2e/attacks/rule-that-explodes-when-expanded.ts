import { compile } from '#libs/sigma';
import type { Attack } from './attack.js';

const tools = Array.from({ length: 70 }, (_, index) => `tool-${index}`);

/** Whether a rule with this value is loaded. */
const loads = (value: string): boolean => {
  const text = `title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { CommandLine|expand: '${value}' }\n  condition: s\n`;
  return compile([{ path: 'own/t.yml', text }], { placeholders: { tools } }).rules.length === 1;
};

/** One value of a few characters stands for thousands of texts, or billions: each placeholder multiplies. */
export const ruleThatExplodesWhenExpanded: Attack = {
  name: 'rule-that-explodes-when-expanded',
  line: 8,
  control: () => loads('%tools% --help'),
  attack: () => ([2, 3, 40].some((times) => loads('%tools%'.repeat(times))) ? 'succeeded' : 'refused'),
  mutation: {
    file: 'libs/sigma/src/rule/spending.ts',
    find: 'if (this.texts > valueTexts)',
    replace: 'if (this.texts > 5 * valueTexts)',
  },
};
