import type { BacktestAsked, RulesetExceptionAdded } from '#contracts';
import { heard } from '#libs/testing';
import { supplyBacktest } from './supply-backtest.js';

const exception = (exceptionId: string, ruleId: string, value = 'x'): RulesetExceptionAdded => ({
  type: 'ruleset.exception-added',
  exceptionId,
  ruleId,
  where: [{ field: 'Image', values: [value] }],
  owner: 'ada',
  reason: 'known',
  expiresAt: 9,
  by: { subject: 'ada', side: 'PROVIDER' },
  at: 1,
});
const exceptions: Record<string, RulesetExceptionAdded[]> = {
  initech: [exception('x1', 'r9', 'y'.repeat(100 * 1024)), exception('x2', 'r1', 'y'.repeat(100 * 1024))],
};

const effect = supplyBacktest({
  windowMs: 7,
  engine: {
    sourcesOf: async (tenant, ruleId) =>
      tenant === 'acme' && ruleId === 'r1' ? [{ path: 'r1.yml', text: 'title: r1' }] : [],
    givenBy: async (tenant) => ({ placeholders: { admins: ['ada'] }, exceptions: exceptions[tenant] ?? [] }),
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
  exceptions: [],
  exceptionsLeftOut: 0,
};

describe('a backtest is given', () => {
  it('the text of a rule that runs', async () =>
    expect(await supplied('r1')).toEqual([
      { ...common, files: [{ path: 'r1.yml', text: 'title: r1' }], failure: null },
    ]));
  it('no text when it brings its own', async () =>
    expect(await supplied('')).toEqual([{ ...common, files: [], failure: null }]));
  it('exceptions as they fit a message, those of its rule first, and how many did not', async () => {
    const [request] = await supplied('r1', 'initech');
    expect(request).toMatchObject({
      exceptions: [{ exceptionId: 'x2', ruleId: 'r1', expiresAt: 9 }],
      exceptionsLeftOut: 1,
    });
  });
  it('a sentence when no such rule runs for the tenant', async () =>
    expect(await supplied('r1', 'globex')).toEqual([
      { ...common, files: [], failure: 'No rule r1 runs for this tenant.' },
    ]));
});
