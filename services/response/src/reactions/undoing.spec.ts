import type { ActionFinished, ActionRevertFailed, ActionVerified } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { hearing } from '#libs/testing';
import { at, finished, verified } from '../../test/samples/action.js';
import { endWithTime, undoAgain } from './undoing.js';

describe('containment', () => {
  it.each([true, false])('ends after its time (effect seen: %s), as it may be in force all the same', (effective) =>
    expect(hearing(endWithTime).of(verified(effective) as ActionVerified).asked).toMatchObject([
      { request: { type: 'action.revert', actionId: 'a1' }, dueAt: at + DAY_MS },
    ]),
  );
  it.each(['SUCCEEDED', 'PARTIAL', 'OUTCOME_UNKNOWN'] as const)(
    'ends after its time where the vendor said %s, and nothing was ever verified',
    (outcome) =>
      expect(hearing(endWithTime).of({ ...(finished('SUCCEEDED') as ActionFinished), outcome }).asked).toMatchObject([
        { request: { type: 'action.revert', actionId: 'a1' }, dueAt: at + DAY_MS },
      ]),
  );
  it.each(['FAILED', 'UNSUPPORTED'] as const)('that is %s is none', (outcome) =>
    hearing(endWithTime)
      .of({ ...(finished('SUCCEEDED') as ActionFinished), outcome })
      .asks(),
  );
  it('that gives back stays given back', () =>
    hearing(endWithTime)
      .of({ ...(verified(true) as ActionVerified), actionClass: 'release-host' })
      .asks());
});

describe('an undoing that failed', () => {
  const failed: ActionRevertFailed = {
    type: 'action.revert-failed',
    actionId: 'a1',
    caseId: 'c1',
    actionClass: 'isolate-host',
    targetId: 'web01',
    isLast: false,
    detail: 'away',
    at,
  };
  const dueAt = (version: number) =>
    hearing(undoAgain).of(failed, { sequence: { version, index: 0, count: 1 } }).asked[0]?.dueAt;
  it('is tried again after a pause that grows', () =>
    expect([6, 8, 60].map(dueAt)).toEqual([at + 32_000, at + 128_000, at + 600_000]));
});
