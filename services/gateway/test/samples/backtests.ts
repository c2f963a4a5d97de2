import type { BacktestAsked, BacktestFinished, BacktestPage } from '#contracts';
import { THEN, idsOf, markOf, provider } from './ids.js';

export const backtestFacts = (tenant: string) => {
  const { backtest: backtestId } = idsOf(tenant);
  const mark = markOf(tenant);
  const rule = {
    ruleId: 'r1',
    title: mark,
    level: 'HIGH' as const,
    matches: 2,
    findings: 1,
    findingsPerDay: 0.5,
    costMs: 1,
    groups: [{ key: mark, matches: 2, findings: 1 }],
    samples: [{ eventId: 'e1', occurredAt: THEN, entity: mark, native: Buffer.from(`{"a":"${mark}"}`) }],
  };
  return [
    {
      type: 'backtest.asked',
      backtestId,
      ruleId: mark,
      files: [],
      from: THEN,
      to: THEN + 1,
      mostEvents: 10,
      by: provider,
      at: THEN,
    } satisfies BacktestAsked,
    { type: 'backtest.page', backtestId, page: 1, rules: [rule], last: true, at: THEN } satisfies BacktestPage,
    {
      type: 'backtest.finished',
      backtestId,
      scanned: 5,
      daysScanned: 2,
      elapsedMs: 3,
      failures: [],
      at: THEN,
    } satisfies BacktestFinished,
  ];
};
