import type { ExceptionJournal } from '../journals/index.js';
import { nothing, someSettings } from '../../../test/samples.js';
import { exceptionSection } from './exceptions.js';
import { sectionContextOf } from './context.js';

const period = { from: 100, to: 200 };
const one = (special: Partial<ExceptionJournal> = {}): ExceptionJournal => ({
  applied: [1, 0],
  exceptionId: 'x1',
  ruleId: 'r1',
  owner: 'Ada',
  reason: 'our own scanner',
  addedAt: 50,
  expiresAt: 500,
  endedAt: null,
  ...special,
});
const reported = (...exceptions: ExceptionJournal[]) =>
  exceptionSection({ ...nothing, exceptions }, sectionContextOf(nothing, period, { from: 0, to: 100 }, someSettings));

describe('exceptions in a report', () => {
  it('are those that held in the period, with why and how long', () =>
    expect(reported(one(), one({ exceptionId: 'x2', addedAt: 150 }))).toEqual([
      {
        exceptionId: 'x2',
        title: 'r1',
        technique: null,
        owner: 'Ada',
        reason: 'our own scanner',
        since: 150,
        until: 500,
      },
      {
        exceptionId: 'x1',
        title: 'r1',
        technique: null,
        owner: 'Ada',
        reason: 'our own scanner',
        since: 50,
        until: 500,
      },
    ]));
  it.each<[string, Partial<ExceptionJournal>]>([
    ['ended before', { endedAt: 90 }],
    ['expired before', { expiresAt: 100, endedAt: 101 }],
    ['began after', { addedAt: 200 }],
  ])('are not those that %s', (_, special) => expect(reported(one(special))).toBeUndefined());
  it('end when they were ended, as far as it was known then', () => {
    expect(reported(one({ endedAt: 150 }))).toMatchObject([{ until: 150 }]);
    expect(reported(one({ endedAt: 250 }))).toMatchObject([{ until: 500 }]);
  });
});
