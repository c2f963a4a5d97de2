import type { BacktestAsk, BacktestAsked, BacktestFact, BacktestSupplied, BacktestRecordPage } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { scenario, testContext } from '#libs/testing';
import { supplied as nothingSupplied } from '../../../test/backtest-world.js';
import { backtestStream } from './decider.js';

const { given } = scenario(backtestStream);
const [by, at] = [testContext.actor, testContext.now];
const system = { actor: { subject: 'hunting', side: 'SYSTEM' as const } };
const backtestId = 'b1';
const question = {
  backtestId,
  ruleId: '',
  files: [{ path: 'a.yml', text: 'title: a' }],
  from: 0,
  to: 7 * DAY_MS,
  mostEvents: 1_000,
};
const ask = (special: Partial<BacktestAsk> = {}): BacktestAsk => ({ type: 'backtest.ask', ...question, ...special });
const asked: BacktestAsked = { type: 'backtest.asked', ...question, by, at };
const supply = { backtestId, ...nothingSupplied, failure: null };
const supplied: BacktestSupplied = { type: 'backtest.supplied', ...supply, at };
const cancelled: BacktestFact = { type: 'backtest.cancelled', backtestId, by, at };
const page = (number: number, last: boolean): BacktestRecordPage => ({
  type: 'backtest.record-page',
  backtestId,
  page: number,
  rules: [],
  last,
  scanned: 7,
  daysScanned: 6.5,
  elapsedMs: 3,
  failures: [],
  failure: null,
  cut: null,
});
const paged = (number: number, last: boolean): BacktestFact => ({
  type: 'backtest.page',
  backtestId,
  page: number,
  rules: [],
  last,
  at,
});
const finished = { type: 'backtest.finished' as const, backtestId };
const cancel = { type: 'backtest.cancel' as const, backtestId };

describe('a backtest', () => {
  it('is asked', () => given().when(ask()).then(asked));
  it('is asked once', () => given(asked).when(ask()).refuses('asked before'));
  it("is not the customer's", () =>
    given()
      .when(ask(), { actor: { subject: 'c', side: 'CUSTOMER' } })
      .refuses('by the provider'));
  it('begins when detection has supplied it', () =>
    given(asked)
      .when({ type: 'backtest.supply', ...supply }, system)
      .then(supplied));
  it('begins once', () =>
    given(asked, supplied)
      .when({ type: 'backtest.supply', ...supply }, system)
      .then());
  it('ends when detection knows no such rule', () =>
    given(asked)
      .when({ type: 'backtest.supply', ...supply, failure: 'no such rule' }, system)
      .thenLike(
        { type: 'backtest.supplied', failure: 'no such rule' },
        { ...finished, failure: 'no such rule', scanned: 0 },
      ));
  it('tells how far it is', () =>
    given(asked, supplied)
      .when({ type: 'backtest.record-progress', backtestId, scanned: 5, daysDone: 1, days: 7 }, system)
      .then({ type: 'backtest.progressed', backtestId, scanned: 5, daysDone: 1, days: 7, at }));
  it('is answered in pages and ends with the last', () => {
    given(asked, supplied).when(page(1, false), system).then(paged(1, false));
    given(asked, supplied, paged(1, false))
      .when(page(2, true), system)
      .thenLike(paged(2, true), { ...finished, scanned: 7, daysScanned: 6.5, cut: null });
  });
  it('takes a page once, and misses none', () => {
    given(asked, supplied, paged(1, false)).when(page(1, false), system).then();
    given(asked, supplied).when(page(2, false), system).refuses('page 1 is missing');
  });
  it('is answered by services alone', () => given(asked, supplied).when(page(1, true)).refuses('only the services'));
  it('that ended takes nothing any more', () =>
    given(asked, { ...finished, scanned: 0, daysScanned: 0, elapsedMs: 0, failures: [], at })
      .when(page(1, true), system)
      .then());
  it('is cancelled, and ends with what was found', () => {
    given(asked, supplied).when(cancel).then(cancelled);
    given(asked, supplied, cancelled).when(cancel).then();
    given(asked, supplied, cancelled).when(page(1, true), system).thenLike(paged(1, true), finished);
  });
  it('ends at once when cancelled before it began', () =>
    given(asked)
      .when(cancel)
      .thenLike(cancelled, { ...finished, cut: 'it was cancelled' }));
  it('that is none is not cancelled', () => given().when(cancel).refuses('no such backtest'));

  it.each<[string, Partial<BacktestAsk>, string]>([
    ['neither a rule nor files', { files: [] }, 'one of the two'],
    ['a rule and files', { ruleId: 'r' }, 'one of the two'],
    ['too much text', { files: [{ path: 'a.yml', text: 'x'.repeat(600_000) }] }, '512 KiB'],
    ['more than a season', { to: 91 * DAY_MS }, 'at most 90 days'],
    ['a period of nothing', { to: 0 }, 'before it begins'],
    ['no events', { mostEvents: 0 }, '1 to 5000000 events'],
    ['a bad name', { backtestId: 'a/b' }, 'letters'],
  ])('is refused with %s', (_, special, sentence) => given().when(ask(special)).refuses(sentence));
});
