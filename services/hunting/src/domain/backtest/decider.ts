import type { BacktestFact, BacktestRequest, TenantState } from '#contracts';
import type { Decider } from '#libs/model';
import { recordPage, recordProgress, supplyBacktest } from './answering.js';
import { askBacktest, cancelBacktest } from './asking.js';
import { evolveBacktest, notAsked, type Backtest, type BacktestDecision } from './state.js';

const decisions: { [Type in BacktestRequest['type']]: BacktestDecision<Extract<BacktestRequest, { type: Type }>> } = {
  'backtest.ask': askBacktest,
  'backtest.cancel': cancelBacktest,
  'backtest.supply': supplyBacktest,
  'backtest.record-page': recordPage,
  'backtest.record-progress': recordProgress,
};

/**
 * What rules would have done: asked by people, supplied by detection with what it knows, answered in pages by the lake.
 */
export const backtestStream: Decider<Backtest, BacktestRequest, BacktestFact, TenantState> = {
  subject: 'backtest',
  version: 1,
  key: ({ backtestId }) => backtestId,
  initial: notAsked,
  evolve: evolveBacktest,
  decide: (request, state, context) =>
    (decisions[request.type] as BacktestDecision<BacktestRequest>)(request, state, context),
};
