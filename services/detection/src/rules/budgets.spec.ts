import { compile, type SigmaEvent } from '#libs/sigma';
import { openBudgets } from './budgets.js';

const set = compile([
  {
    path: 't.yml',
    text: "title: t\nid: t\nlogsource: { product: windows }\ndetection:\n  s: { A|re: 'a.?b' }\n  condition: s\n",
  },
]);
const event: SigmaEvent = { logsource: { product: 'windows' }, native: Buffer.from('{"A":"xab"}') };

const opened = () => {
  const world = { now: 0, wall: 0, cost: 0 };
  const look = (): number => (world.wall += world.cost);
  const budgets = openBudgets({ now: () => world.now }, look, look);
  const spend = (tenant: string): void => {
    world.cost = 0.9;
    const meter = budgets.batch(tenant);
    for (let index = 0; index < 1_000; index += 1) set.match(event, meter);
    world.cost = 0;
  };
  return { world, budgets, spend, matches: (tenant: string) => set.match(event, budgets.batch(tenant)).length === 1 };
};

describe('what rules may cost tenants', () => {
  it('is accounted to each: what is too dear rests for one alone, and is back after a minute', () => {
    const { world, budgets, spend, matches } = opened();
    spend('acme');
    expect([matches('acme'), matches('globex')]).toEqual([false, true]);
    expect(budgets.news()).toMatchObject([{ tenant: 'acme', news: { state: 'aside', ruleIds: ['t'] } }]);
    world.now += 60_000;
    expect(matches('acme')).toBe(true);
    world.now += 60_000;
    expect(budgets.news()).toMatchObject([{ tenant: 'acme', news: { state: 'back', ruleIds: ['t'] } }]);
    expect(budgets.news()).toEqual([]);
  });
  it('is remembered of many tenants, and of those for whom something rests in any case', () => {
    const { budgets, spend, matches } = opened();
    spend('acme');
    for (let index = 0; index < 11_000; index += 1) budgets.batch(`t${index}`);
    expect(matches('acme')).toBe(false);
  });
});
