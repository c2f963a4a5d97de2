import { showing } from '#libs/testing';
import { heardOf, idsOf, markOf, THEN } from '../../test/samples/index.js';
import { backtestPages, backtests } from './backtests.js';

const ids = idsOf('acme');

describe('a backtest', () => {
  it('is shown with how far it is and what came of it', () => {
    expect(showing(backtests).of(...heardOf('acme', ...backtests.hears))[ids.backtest]).toMatchObject({
      finished: true,
      scanned: 5,
      daysScanned: 2,
      cut: null,
    });
    expect(
      showing(backtests).of(...heardOf('acme', 'backtest.asked'), {
        type: 'backtest.progressed',
        backtestId: ids.backtest,
        scanned: 3,
        daysDone: 1,
        days: 7,
        at: THEN,
      })[ids.backtest],
    ).toMatchObject({ finished: false, scanned: 3, daysDone: 1, days: 7 });
  });
  it('shows events as text', () =>
    expect(
      showing(backtestPages).of(...heardOf('acme', 'backtest.page'))[`${ids.backtest}/1`]?.rules[0]?.samples[0]?.native,
    ).toBe(`{"a":"${markOf('acme')}"}`));
});
