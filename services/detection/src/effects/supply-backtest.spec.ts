import type { BacktestAsked } from '#contracts';
import { heard } from '#libs/testing';
import { supplyBacktest } from './supply-backtest.js';

const effect = supplyBacktest({
  windowMs: 7,
  engine: {
    sourcesOf: async (tenant, ruleId) =>
      tenant === 'acme' && ruleId === 'r1' ? [{ path: 'r1.yml', text: 'title: r1' }] : [],
    placeholdersOf: async (): Promise<Record<string, string[]>> => ({ admins: ['ada'] }),
  },
});
const supplied = async (ruleId: string, tenant = 'acme') => {
  const asked: BacktestAsked = {
    type: 'backtest.asked',
    backtestId: 'b1',
    ruleId,
    files: [],
    from: 0,
    to: 1,
    mostEvents: 1,
    by: { subject: 'ada', side: 'PROVIDER' },
    at: 1,
  };
  return (await effect.perform(heard(asked, { tenant }), undefined, { resumed: false })).map(({ request }) => request);
};
const common = {
  type: 'backtest.supply',
  backtestId: 'b1',
  windowMs: 7,
  placeholders: [{ name: 'admins', values: ['ada'] }],
};

describe('a backtest is given', () => {
  it('the text of a rule that runs', async () =>
    expect(await supplied('r1')).toEqual([
      { ...common, files: [{ path: 'r1.yml', text: 'title: r1' }], failure: null },
    ]));
  it('no text when it brings its own', async () =>
    expect(await supplied('')).toEqual([{ ...common, files: [], failure: null }]));
  it('a sentence when no such rule runs for the tenant', async () =>
    expect(await supplied('r1', 'globex')).toEqual([
      { ...common, files: [], failure: 'No rule r1 runs for this tenant.' },
    ]));
});
