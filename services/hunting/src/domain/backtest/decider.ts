import type {
  BacktestAsk,
  BacktestCancelled,
  BacktestSupplied,
  BacktestCancel,
  BacktestRecordPage,
  BacktestSupply,
  TenantState,
  BacktestFact,
  BacktestRequest,
} from '#contracts';
import { Refused, type Decider, type DecisionContext } from '#libs/model';

/** How far a backtest is. What was asked and supplied is in the facts alone. */
export interface Backtest {
  stage: 'NONE' | 'ASKED' | 'SUPPLIED' | 'CANCELLED' | 'FINISHED';
  pages: number;
}

const DAY_MS = 86_400_000;
export const MOST_DAYS = 90;
export const MOST_EVENTS = 5_000_000;
const FILES_AT_MOST = 500;
const BYTES_AT_MOST = 512 * 1024;

const NONE_YET = { scanned: 0, daysScanned: 0, elapsedMs: 0, failures: [] };

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

const supplied = ({ type: _, ...rest }: BacktestSupply, at: number): BacktestFact[] => {
  const { backtestId, failure } = rest;
  const fact: BacktestSupplied = { type: 'backtest.supplied', ...rest, at };
  return failure ? [fact, { type: 'backtest.finished', backtestId, ...NONE_YET, failure, cut: null, at }] : [fact];
};

const paged = (
  { type: _, page, rules, last, ...end }: BacktestRecordPage,
  { pages }: Backtest,
  at: number,
): BacktestFact[] => {
  if (page <= pages) return [];
  if (page !== pages + 1) throw new Refused(`page ${pages + 1} is missing`, 'PAGE_MISSING');
  const facts: BacktestFact[] = [{ type: 'backtest.page', backtestId: end.backtestId, page, rules, last, at }];
  return last ? [...facts, { type: 'backtest.finished', ...end, at }] : facts;
};

const byService = (
  request: Exclude<BacktestRequest, BacktestAsk | BacktestCancel>,
  state: Backtest,
  { actor, now: at }: DecisionContext,
): BacktestFact[] => {
  if (actor.side !== 'SYSTEM') throw new Refused('only the services answer backtests', 'NOT_PERMITTED');
  if (state.stage === 'NONE') throw new Refused('there is no such backtest', 'NO_SUCH_BACKTEST');
  if (state.stage === 'FINISHED') return [];
  if (request.type === 'backtest.supply') return state.stage === 'ASKED' ? supplied(request, at) : [];
  if (request.type === 'backtest.record-page') return paged(request, state, at);
  const { backtestId, scanned, daysDone, days } = request;
  return [{ type: 'backtest.progressed', backtestId, scanned, daysDone, days, at }];
};

const byPeople = (
  request: BacktestAsk | BacktestCancel,
  { stage }: Backtest,
  { actor: by, now: at }: DecisionContext,
): BacktestFact[] => {
  if (by.side === 'CUSTOMER') throw new Refused('backtests are asked by the provider', 'NOT_PERMITTED');
  const { backtestId } = request;
  if (request.type === 'backtest.ask') {
    if (stage !== 'NONE') throw new Refused('this backtest was asked before; ask a new one', 'ASKED_BEFORE');
    checkAsked(request);
    const { ruleId, files, from, to, mostEvents } = request;
    return [{ type: 'backtest.asked', backtestId, ruleId, files, from, to, mostEvents, by, at }];
  }
  if (stage === 'NONE') throw new Refused('there is no such backtest', 'NO_SUCH_BACKTEST');
  if (stage === 'CANCELLED' || stage === 'FINISHED') return [];
  const cancelled: BacktestCancelled = { type: 'backtest.cancelled', backtestId, by, at };
  // Nobody works on it yet, so nobody would tell its end.
  return stage === 'ASKED'
    ? [cancelled, { type: 'backtest.finished', backtestId, ...NONE_YET, failure: null, cut: 'it was cancelled', at }]
    : [cancelled];
};

const STAGES: Partial<Record<BacktestFact['type'], Backtest['stage']>> = {
  'backtest.asked': 'ASKED',
  'backtest.supplied': 'SUPPLIED',
  'backtest.cancelled': 'CANCELLED',
  'backtest.finished': 'FINISHED',
};

/**
 * What rules would have done: asked by people, supplied by detection with what it knows, answered in pages by the lake.
 */
export const backtestStream: Decider<Backtest, BacktestRequest, BacktestFact, TenantState> = {
  subject: 'backtest',
  version: 1,
  key: ({ backtestId }) => backtestId,
  initial: () => ({ stage: 'NONE', pages: 0 }),
  evolve: (state, fact) => ({
    stage: STAGES[fact.type] ?? state.stage,
    pages: fact.type === 'backtest.page' ? fact.page : state.pages,
  }),
  decide: (request, state, context) =>
    request.type === 'backtest.ask' || request.type === 'backtest.cancel'
      ? byPeople(request, state, context)
      : byService(request, state, context),
};
