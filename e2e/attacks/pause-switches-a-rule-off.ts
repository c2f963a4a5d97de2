import { Budget, compile } from '#libs/sigma';
import type { Attack } from './attack.js';

const RULE =
  "title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { CommandLine|re: '-e[nc]* [A-Za-z0-9]{4}' }\n  condition: s\n";

/**
 * Whether the rule still matches after a hundred events; `pauses` says how long the machine stands still in each look
 * at the clock.
 */
const staysOn = (pauses: (look: number) => number): boolean => {
  let [now, look] = [0, 0];
  const budget = new Budget({ wall: () => (now += 0.001 + pauses((look += 1))), now: () => now });
  const set = compile([{ path: 't.yml', text: RULE }]);
  const event = { logsource: { product: 'windows' }, native: Buffer.from('{"CommandLine":"powershell -enc AAAA"}') };
  for (let index = 0; index < 100; index += 1) set.match(event, budget.batch());
  return set.match(event, budget.batch()).length === 1;
};

/** One pause of the machine, while an expression is tested, is no cost of the expression. */
export const pauseSwitchesARuleOff: Attack = {
  name: 'pause-switches-a-rule-off',
  line: 9,
  control: () => staysOn(() => 0) && !staysOn(() => 600),
  attack: () => (staysOn((look) => (look === 20 ? 5_000 : 0)) ? 'refused' : 'succeeded'),
  mutation: {
    file: 'libs/sigma/src/evaluate/budget.ts',
    find: 'this.strikes.set(what, at);\n      return false;',
    replace: 'return true;',
  },
};
