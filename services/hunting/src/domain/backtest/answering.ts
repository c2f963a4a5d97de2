import type {
  BacktestFact,
  BacktestRecordPage,
  BacktestRecordProgress,
  BacktestRequest,
  BacktestSupplied,
  BacktestSupply,
} from '#contracts';
import { Refused } from '#libs/model';
import { NOTHING_SCANNED, type BacktestDecision } from './state.js';

/** Asked by services alone, of a backtest that goes on. */
const byService =
  <Request extends BacktestRequest>(decide: BacktestDecision<Request>): BacktestDecision<Request> =>
  (request, state, context) => {
    if (context.actor.side !== 'SYSTEM') throw new Refused('only the services answer backtests', 'NOT_PERMITTED');
    if (state.stage === 'NONE') throw new Refused('there is no such backtest', 'NO_SUCH_BACKTEST');
    return state.stage === 'FINISHED' ? [] : decide(request, state, context);
  };

export const supplyBacktest = byService<BacktestSupply>(({ type: _, ...rest }, { stage }, { now: at }) => {
  if (stage !== 'ASKED') return [];
  const { backtestId, failure } = rest;
  const fact: BacktestSupplied = { type: 'backtest.supplied', ...rest, at };
  return failure
    ? [fact, { type: 'backtest.finished', backtestId, ...NOTHING_SCANNED, failure, cut: null, at }]
    : [fact];
});

export const recordPage = byService<BacktestRecordPage>(
  ({ type: _, page, rules, last, ...end }, { pages }, { now: at }) => {
    if (page <= pages) return [];
    if (page !== pages + 1) throw new Refused(`page ${pages + 1} is missing`, 'PAGE_MISSING');
    const facts: BacktestFact[] = [{ type: 'backtest.page', backtestId: end.backtestId, page, rules, last, at }];
    return last ? [...facts, { type: 'backtest.finished', ...end, at }] : facts;
  },
);

export const recordProgress = byService<BacktestRecordProgress>(
  ({ backtestId, scanned, daysDone, days }, _state, { now: at }) => [
    { type: 'backtest.progressed', backtestId, scanned, daysDone, days, at },
  ],
);
