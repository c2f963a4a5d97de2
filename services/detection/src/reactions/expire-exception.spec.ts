import { hearing } from '#libs/testing';
import { expireException } from './expire-exception.js';

it('an exception is to end when its time has come', () => {
  const { asked } = hearing(expireException).of({
    type: 'ruleset.exception-added',
    exceptionId: 'x1',
    ruleId: 'r1',
    where: [],
    owner: 'ada',
    reason: 'a scanner of ours',
    expiresAt: 7,
    by: { subject: 'ada', side: 'PROVIDER' },
    at: 1,
  });
  expect(asked).toEqual([
    { request: { type: 'ruleset.end-exception', exceptionId: 'x1', reason: 'its time has come' }, dueAt: 7 },
  ]);
});
