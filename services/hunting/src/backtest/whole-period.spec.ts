import { DAY_MS, HOUR_MS } from '#libs/terms';
import { ask, row, rule, supplied, world } from '../../test/backtest-world.js';
import type { LakeRow } from '../lake/scan.js';
import { runBacktest } from './run-backtest.js';

const few = {
  path: 'few.yml',
  text: 'title: Few\nid: few\nlevel: high\ncorrelation: { type: event_count, rules: [r], group-by: [User], timespan: 1h, condition: { lt: 2 } }\n',
};
const beat = (id: string, occurredAt: number): LakeRow => row(id, occurredAt, { Image: 'a', User: 'ada' });
const fewIn = async (rows: LakeRow[][], special: { mostEvents?: number; at?: number } = {}) => {
  const lake = Object.fromEntries(rows.map((all, day) => [`day ${day}`, all]));
  const question = { ...ask(rule('r', 'a'), few), ...special };
  const { rules, cut } = await runBacktest(world(lake).ports, question, supplied);
  return { findings: rules.find(({ ruleId }) => ruleId === 'few')?.findings, isCut: cut !== null };
};

describe('a correlation that is decided at the end of its window', () => {
  it('is told when its window ends within the period', async () =>
    expect(await fewIn([[beat('1', DAY_MS - HOUR_MS - 1)]])).toEqual({ findings: 1, isCut: false }));
  it('is not told when its window ends with the period, or after it', async () =>
    expect(await fewIn([[beat('1', DAY_MS - HOUR_MS)]])).toEqual({ findings: 0, isCut: false }));
  it('is not told when its window had not ended when the backtest was asked', async () =>
    expect(await fewIn([[beat('1', 0)]], { at: HOUR_MS })).toEqual({ findings: 0, isCut: false }));
  it('is not told of a day whose events were not all looked at', async () => {
    const pair = [beat('1', HOUR_MS), beat('2', HOUR_MS + 1)];
    expect(await fewIn([pair, [beat('3', DAY_MS)]])).toEqual({ findings: 1, isCut: false });
    expect(await fewIn([pair, [beat('3', DAY_MS)]], { mostEvents: 2 })).toEqual({ findings: 1, isCut: true });
    expect(await fewIn([pair], { mostEvents: 1 })).toEqual({ findings: 0, isCut: true });
  });
});
