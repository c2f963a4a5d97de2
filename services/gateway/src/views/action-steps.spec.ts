import type { ActionFact, ActionSuperseded } from '#contracts';
import { stepOf, type ActionStep } from './action-steps.js';

describe('an undoing that failed', () => {
  const failed: ActionFact = {
    type: 'action.revert-failed',
    actionId: 'a',
    caseId: 'c',
    actionClass: 'isolate-host',
    targetId: 'web01',
    isLast: false,
    detail: 'away',
    at: 1,
  };
  const step = (state: ActionStep['state']): ActionStep => ({ state, text: '', by: null, at: 0 });

  it.each(['VERIFIED', 'VERIFY_FAILED', 'OUTCOME_UNKNOWN'] as const)(
    'leaves the action %s, as it was before',
    (state) =>
      expect(stepOf(failed, [step('EXECUTING'), step(state), step('REVERTING')])).toMatchObject({
        state,
        text: `could not be undone, and is ${state} as before: away`,
      }),
  );
  it('leaves it so the second time as well', () =>
    expect(
      stepOf(failed, [step('VERIFY_FAILED'), step('REVERTING'), step('VERIFY_FAILED'), step('REVERTING')]).state,
    ).toBe('VERIFY_FAILED'));
});

describe('what another action gave back', () => {
  const superseded = (over: Partial<ActionSuperseded> = {}): ActionFact => ({
    type: 'action.superseded',
    actionId: 'a',
    caseId: 'c',
    actionClass: 'isolate-host',
    target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
    byActionId: 'r',
    byCaseId: 'c',
    inverting: false,
    evidence: 'web01 connects again',
    observedAt: 1,
    at: 2,
    ...over,
  });
  it('is in force no more, and names the action and what was seen', () => {
    expect(stepOf(superseded())).toMatchObject({
      state: 'REVERTED',
      text: 'given back by action r of this case: web01 connects again',
    });
    expect(stepOf(superseded({ inverting: true, byCaseId: 'd' })).text).toBe(
      'given back by undoing action r of case d: web01 connects again',
    );
  });
});
