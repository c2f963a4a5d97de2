import type { BacktestFact, BacktestRequest, TenantState } from '#contracts';
import type { DecisionContext } from '#libs/model';

/** How far a backtest is. What was asked and supplied is in the facts alone. */
export interface Backtest {
  stage: 'NONE' | 'ASKED' | 'SUPPLIED' | 'CANCELLED' | 'FINISHED';
  pages: number;
}

/** What one kind of request makes of a backtest. */
export type BacktestDecision<Request extends BacktestRequest> = (
  request: Request,
  state: Backtest,
  context: DecisionContext<TenantState>,
) => BacktestFact[];

/** Figures of a backtest that never ran. */
export const NOTHING_SCANNED = { scanned: 0, daysScanned: 0, elapsedMs: 0, failures: [] };

const STAGES: Partial<Record<BacktestFact['type'], Backtest['stage']>> = {
  'backtest.asked': 'ASKED',
  'backtest.supplied': 'SUPPLIED',
  'backtest.cancelled': 'CANCELLED',
  'backtest.finished': 'FINISHED',
};

export const notAsked = (): Backtest => ({ stage: 'NONE', pages: 0 });

export const evolveBacktest = (state: Backtest, fact: BacktestFact): Backtest => ({
  stage: STAGES[fact.type] ?? state.stage,
  pages: fact.type === 'backtest.page' ? fact.page : state.pages,
});
