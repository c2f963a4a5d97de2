import type { ActionState } from '#contracts';
import { standingAfter, standingIn, standingRecorded, type ActionStanding } from './action-state.js';

const after = (...told: ActionState[]): ActionState | undefined =>
  told.reduce<ActionStanding | undefined>(standingAfter, undefined)?.state;

describe('where an action stands', () => {
  it('is what its last fact told', () => {
    expect(after('PROPOSED', 'RESOLVING', 'EXECUTING')).toBe('EXECUTING');
    expect(after('EXECUTING', 'OUTCOME_UNKNOWN')).toBe('OUTCOME_UNKNOWN');
    expect(after('VERIFIED', 'REVERTING', 'REVERTED')).toBe('REVERTED');
  });
  it.each(['SUCCEEDED', 'PARTIAL', 'VERIFIED', 'VERIFY_FAILED', 'OUTCOME_UNKNOWN'] as const)(
    'is %s as before, once undoing it failed',
    (before) => {
      expect(after('EXECUTING', before, 'REVERTING', 'OUTCOME_UNKNOWN')).toBe(before);
      expect(after(before, 'REVERTING', 'OUTCOME_UNKNOWN', 'REVERTING', 'OUTCOME_UNKNOWN')).toBe(before);
    },
  );
  it('is unknown where an undoing failed and nothing else was heard', () =>
    expect(after('REVERTING', 'OUTCOME_UNKNOWN')).toBe('OUTCOME_UNKNOWN'));
  it('is what was recorded, whatever it would be today', () => {
    const undoing = standingRecorded(standingRecorded(undefined, 'VERIFIED'), 'REVERTING');
    expect(undoing).toEqual({ state: 'REVERTING', beforeUndo: 'VERIFIED' });
    expect(standingRecorded(undoing, 'OUTCOME_UNKNOWN').state).toBe('OUTCOME_UNKNOWN');
    expect(standingIn(['VERIFIED', 'REVERTING'])).toEqual(undoing);
    expect(standingIn([])).toBeUndefined();
  });
});
