import type { BacktestAsked, BacktestSupply, RuleException, TenantState } from '#contracts';
import type { Effect } from '#libs/model';
import type { DetectionEngine } from '../rules/engine.js';

export interface SupplyPorts {
  engine: Pick<DetectionEngine, 'sourcesOf' | 'givenBy'>;
  windowMs: number;
}

/** A tenant may have 8 MiB of them, which no message carries. */
const EXCEPTION_BYTES = 128 * 1024;

/** As many as fit, those of the rule in question first. */
const thatFit = (
  all: readonly RuleException[],
  asked: string,
): Pick<BacktestSupply, 'exceptions' | 'exceptionsLeftOut'> => {
  const ordered = [...all].sort((a, b) => Number(b.ruleId === asked) - Number(a.ruleId === asked));
  let left = EXCEPTION_BYTES;
  const exceptions = ordered
    .map(({ exceptionId, ruleId, where, expiresAt }) => ({ exceptionId, ruleId, where, expiresAt }))
    .filter((one) => {
      const bytes = Buffer.byteLength(JSON.stringify(one));
      if (bytes > left) return false;
      left -= bytes;
      return true;
    });
  return { exceptions, exceptionsLeftOut: all.length - exceptions.length };
};

/**
 * Gives a backtest what detection alone knows: the text of a rule that runs, the tenant's placeholders and exceptions,
 * the window of findings.
 */
export const supplyBacktest = (ports: SupplyPorts): Effect<BacktestAsked, BacktestSupply, TenantState> => ({
  name: 'supply-backtest',
  hears: ['backtest.asked'],
  perform: async ({ envelope: { tenant }, message: { backtestId, ruleId } }) => {
    const { engine, windowMs } = ports;
    const files = ruleId === '' ? [] : await engine.sourcesOf(tenant, ruleId);
    const given = await engine.givenBy(tenant);
    const placeholders = Object.entries(given.placeholders).map(([name, values]) => ({ name, values }));
    const failure =
      ruleId !== '' && files.length === 0 ? `No rule ${ruleId.slice(0, 200)} runs for this tenant.` : null;
    const exceptions = thatFit(given.exceptions, ruleId);
    return [
      { request: { type: 'backtest.supply', backtestId, files, placeholders, ...exceptions, windowMs, failure } },
    ];
  },
});
