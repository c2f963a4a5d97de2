import { ask, row, rule, supplied, world } from '../../test/backtest-world.js';
import { runBacktest } from './run-backtest.js';

const often = {
  path: 'often.yml',
  text: 'title: Often\nid: often\nlevel: high\ncorrelation: { type: event_count, rules: [r], group-by: [User], timespan: 1h, condition: { gte: 2 } }\n',
};
const tried = async (ruleId: string, ...files: ReturnType<typeof rule>[]) => {
  const lake = { 'day 0': [row('1', 0, { Image: 'a', User: 'ada' })] };
  const { rules, failures } = await runBacktest(world(lake).ports, { ...ask(), ruleId }, { ...supplied, files });
  return { rules: rules.map(({ ruleId: id, matches, findings }) => [id, matches, findings]), failures };
};

describe('a backtest of a rule that runs', () => {
  it('finds nothing of its own when a correlation names it', async () =>
    expect(await tried('r', rule('r', 'a'), often)).toEqual({ rules: [['r', 1, 0]], failures: [] }));
  it('says so when the rule is not in what loads of its files, and why', async () =>
    expect(await tried('often', often)).toEqual({
      rules: [],
      failures: [
        { file: 'often', line: 1, reason: 'the rule was not found in what loads of its files' },
        { file: 'often.yml', line: 4, reason: "the correlation refers to 'r', which is not loaded" },
      ],
    }));
  it('says nothing of failures in its files that are not its own', async () =>
    expect((await tried('r', rule('r', 'a'), { path: 'broken.yml', text: 'title: [' })).failures).toEqual([]));
  it('says so when a correlation has no findings because it only feeds others', async () => {
    const again = { path: 'again.yml', text: often.text.replace('id: often', 'id: again').replace('[r]', '[often]') };
    expect((await tried('often', rule('r', 'a'), often, again)).failures).toMatchObject([
      { file: 'often.yml', reason: 'it only feeds other correlations and has no findings of its own' },
    ]);
  });
  it('names the placeholders that a rule waits for which its correlation rests on', async () => {
    const waits = { path: 'r.yml', text: rule('r', 'a').text.replace("Image: 'a'", "Image|expand: '%tools%'") };
    expect((await tried('often', waits, often)).failures).toMatchObject([
      { file: 'r.yml', reason: 'it waits for values of %tools%, which this tenant has not given' },
    ]);
  });
});
