import { compile } from '#libs/sigma';
import { openBudgets } from '../../services/detection/src/rules/budgets.js';
import type { Attack } from './attack.js';

const RULE =
  "title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { CommandLine|re: '-e[nc]* [A-Za-z0-9]{4}' }\n  condition: s\n";

/** Whether the rule matches for two tenants after the events of the first have made it dear. */
const matchesAfter = (costMs: number): [first: boolean, second: boolean] => {
  let [now, cost] = [0, costMs];
  const budgets = openBudgets(
    { now: () => now },
    () => (now += cost),
    () => (now += cost),
  );
  const set = compile([{ path: 't.yml', text: RULE }]);
  const event = { logsource: { product: 'windows' }, native: Buffer.from('{"CommandLine":"powershell -enc AAAA"}') };
  const meter = budgets.batch('atk-first');
  for (let index = 0; index < 2_000; index += 1) set.match(event, meter);
  cost = 0;
  const matches = (tenant: string): boolean => set.match(event, budgets.batch(tenant)).length === 1;
  return [matches('atk-first'), matches('atk-second')];
};

/** Events made to be slow put a rule for everybody aside: for the tenant whose events they are, and no other. */
export const oneTenantSwitchesARuleOffForAll: Attack = {
  name: 'one-tenant-switches-a-rule-off-for-all',
  line: 9,
  control: () => matchesAfter(0).join() === 'true,true' && !matchesAfter(0.9)[0],
  attack: () => (matchesAfter(0.9)[1] ? 'refused' : 'succeeded'),
  mutation: {
    file: 'services/detection/src/rules/budgets.ts',
    find: 'const budget = budgets.get(tenant) ??',
    replace: 'const budget = [...budgets.values()][0] ??',
  },
};
