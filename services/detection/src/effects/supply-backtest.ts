import type { BacktestAsked, SupplyBacktest, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import type { Engine } from '../rules/engine.js';

export interface SupplyPorts {
  engine: Pick<Engine, 'sourceOf' | 'placeholdersOf'>;
  windowMs: number;
}

/** Gives a backtest what detection alone knows: the text of a rule that runs, the tenant's placeholders, the window of findings. */
export const supplyBacktest = (ports: SupplyPorts): Effect<BacktestAsked, SupplyBacktest, TenantState> => ({
  name: 'supply-backtest',
  hears: ['backtest.asked'],
  perform: async ({ envelope: { tenant }, message: { backtestId, ruleId } }) => {
    const { engine, windowMs } = ports;
    const source = ruleId === '' ? undefined : await engine.sourceOf(tenant, ruleId);
    const placeholders = Object.entries(await engine.placeholdersOf(tenant)).map(([name, values]) => ({ name, values }));
    const failure = ruleId !== '' && !source ? `No rule ${ruleId.slice(0, 200)} runs for this tenant.` : null;
    return [{ request: { type: 'backtest.supply', backtestId, files: source ? [source] : [], placeholders, windowMs, failure } }];
  },
});
