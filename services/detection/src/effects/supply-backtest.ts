import type { BacktestAsked, BacktestSupply, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import type { DetectionEngine } from '../rules/engine.js';

export interface SupplyPorts {
  engine: Pick<DetectionEngine, 'sourcesOf' | 'placeholdersOf'>;
  windowMs: number;
}

/**
 * Gives a backtest what detection alone knows: the text of a rule that runs, the tenant's placeholders, the window of
 * findings.
 */
export const supplyBacktest = (ports: SupplyPorts): Effect<BacktestAsked, BacktestSupply, TenantState> => ({
  name: 'supply-backtest',
  hears: ['backtest.asked'],
  perform: async ({ envelope: { tenant }, message: { backtestId, ruleId } }) => {
    const { engine, windowMs } = ports;
    const files = ruleId === '' ? [] : await engine.sourcesOf(tenant, ruleId);
    const placeholders = Object.entries(await engine.placeholdersOf(tenant)).map(([name, values]) => ({
      name,
      values,
    }));
    const failure =
      ruleId !== '' && files.length === 0 ? `No rule ${ruleId.slice(0, 200)} runs for this tenant.` : null;
    return [{ request: { type: 'backtest.supply', backtestId, files, placeholders, windowMs, failure } }];
  },
});
