import type { BacktestAsk, BacktestCancel, BacktestCancelled } from '#contracts';
import { Refused, type Actor } from '#libs/model';
import { DAY_MS } from '#libs/terms';
import { NOTHING_SCANNED, type BacktestDecision } from './state.js';

export const MOST_DAYS = 90;
export const MOST_EVENTS = 5_000_000;
const FILES_AT_MOST = 500;
const BYTES_AT_MOST = 512 * 1024;

const checkAsked = ({ backtestId, ruleId, files, from, to, mostEvents }: BacktestAsk): void => {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(backtestId))
    throw new Refused('a backtest is named by letters, digits and hyphens', 'BAD_ID');
  if ((ruleId === '') === (files.length === 0))
    throw new Refused('name a rule that runs, or give files of rules: one of the two', 'BAD_RULES');
  if (files.length > FILES_AT_MOST)
    throw new Refused(`a backtest takes at most ${FILES_AT_MOST} files`, 'TOO_MANY_FILES');
  if (files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) > BYTES_AT_MOST)
    throw new Refused('a backtest takes at most 512 KiB of rules', 'TOO_LARGE');
  if (from >= to) throw new Refused('the period ends before it begins', 'BAD_PERIOD');
  if (to - from > MOST_DAYS * DAY_MS) throw new Refused(`a backtest covers at most ${MOST_DAYS} days`, 'BAD_PERIOD');
  if (mostEvents < 1 || mostEvents > MOST_EVENTS)
    throw new Refused(`a backtest looks at 1 to ${MOST_EVENTS} events`, 'BAD_LIMIT');
};

const checkSide = ({ side }: Actor): void => {
  if (side === 'CUSTOMER') throw new Refused('backtests are asked by the provider', 'NOT_PERMITTED');
};

export const askBacktest: BacktestDecision<BacktestAsk> = (request, { stage }, { actor: by, now: at }) => {
  checkSide(by);
  if (stage !== 'NONE') throw new Refused('this backtest was asked before; ask a new one', 'ASKED_BEFORE');
  checkAsked(request);
  const { backtestId, ruleId, files, from, to, mostEvents } = request;
  return [{ type: 'backtest.asked', backtestId, ruleId, files, from, to, mostEvents, by, at }];
};

export const cancelBacktest: BacktestDecision<BacktestCancel> = ({ backtestId }, { stage }, { actor: by, now: at }) => {
  checkSide(by);
  if (stage === 'NONE') throw new Refused('there is no such backtest', 'NO_SUCH_BACKTEST');
  if (stage === 'CANCELLED' || stage === 'FINISHED') return [];
  const cancelled: BacktestCancelled = { type: 'backtest.cancelled', backtestId, by, at };
  // Nobody works on it yet, so nobody would tell its end.
  return stage === 'ASKED'
    ? [
        cancelled,
        { type: 'backtest.finished', backtestId, ...NOTHING_SCANNED, failure: null, cut: 'it was cancelled', at },
      ]
    : [cancelled];
};
