import { heard, showing } from '#libs/testing';
import { exceptionJournal } from './exception-journal.js';

const by = { subject: 'ada', side: 'PROVIDER' } as const;
const added = {
  type: 'ruleset.exception-added' as const,
  exceptionId: 'x1',
  ruleId: 'r1',
  where: [],
  owner: 'Ada',
  reason: 'our own scanner',
  expiresAt: 9,
  by,
  at: 1,
};
const ended = {
  type: 'ruleset.exception-ended' as const,
  exceptionId: 'x1',
  ruleId: 'r1',
  expired: true,
  reason: 'its time has come',
  by,
  at: 9,
};
const at = (version: number) => ({ sequence: { version, index: 0, count: 1 } });

it('remembers an exception with when it began and ended, however often it is told', () =>
  expect(showing(exceptionJournal).of(heard(added, at(1)), heard(ended, at(2)), heard(added, at(1)))).toEqual({
    x1: {
      applied: [2, 0],
      exceptionId: 'x1',
      ruleId: 'r1',
      owner: 'Ada',
      reason: 'our own scanner',
      addedAt: 1,
      expiresAt: 9,
      endedAt: 9,
    },
  }));
