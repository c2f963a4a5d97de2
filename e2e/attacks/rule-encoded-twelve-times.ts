import { compile } from '#libs/sigma';
import type { Attack } from './attack.js';

const loads = (modifiers: string): boolean => {
  const text = `title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { CommandLine|${modifiers}: Invoke }\n  condition: s\n`;
  return compile([{ path: 'own/t.yml', text }]).rules.length === 1;
};

/** `base64offset` makes three texts of each, every time it stands in a chain. */
export const ruleEncodedTwelveTimes: Attack = {
  name: 'rule-encoded-twelve-times',
  line: 8,
  control: () => loads('wide|base64offset|contains'),
  attack: () =>
    Array.from({ length: 11 }, (_, index) =>
      Array(index + 2)
        .fill('base64offset')
        .join('|'),
    ).some((chain) => loads(`${chain}|contains`))
      ? 'succeeded'
      : 'refused',
  mutation: {
    file: 'libs/sigma/src/rule/modifiers.ts',
    find: 'if (twice !== undefined) throw',
    replace: "if (twice === '') throw",
  },
};
