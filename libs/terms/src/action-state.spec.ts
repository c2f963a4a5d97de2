import type { ActionState } from '#contracts';
import {
  hasEndedUnheld,
  isSettled,
  standingAfter,
  standingIn,
  standingRecorded,
  stateTold,
  type ActionStanding,
} from './action-state.js';

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

it('a state is told by what a fact says of it, and nothing else', () => {
  expect(stateTold({ type: 'action.started', inverting: true })).toBe('REVERTING');
  expect(stateTold({ type: 'action.decided', decision: 'ASK' })).toBe('PROPOSED');
  expect(stateTold({ type: 'action.finished', outcome: 'PARTIAL' })).toBe('PARTIAL');
  expect(stateTold({ type: 'action.not-verified', inverting: false, outcome: 'PARTIAL' })).toBe('PARTIAL');
  expect(stateTold({ type: 'action.not-verified', inverting: true, outcome: 'SUCCEEDED' })).toBe('REVERTING');
});

describe('an action', () => {
  it.each([
    'PROPOSED',
    'AWAITING_APPROVAL',
    'EXECUTING',
    'SUCCEEDED',
    'PARTIAL',
    'OUTCOME_UNKNOWN',
    'REVERTING',
  ] as const)('that is %s is not settled: somebody is at work, or asked', (state) =>
    expect(isSettled(state)).toBe(false),
  );
  it.each(['DENIED', 'EXPIRED', 'GUIDED', 'FAILED', 'VERIFIED', 'VERIFY_FAILED', 'REVERTED'] as const)(
    'that is %s is settled',
    (state) => expect(isSettled(state)).toBe(true),
  );
});

it('what ended without holding is over: it was not done, or nothing of it was seen to hold', () => {
  for (const state of [
    'DENIED',
    'EXPIRED',
    'SKIPPED',
    'FAILED',
    'UNSUPPORTED',
    'REVERTED',
    'DONE_BY_CUSTOMER',
  ] as const)
    expect([state, hasEndedUnheld(state), isSettled(state)]).toEqual([state, true, true]);
  for (const state of ['AWAITING_APPROVAL', 'GUIDED', 'EXECUTING', 'VERIFIED', 'VERIFY_FAILED', 'REVERTING'] as const)
    expect([state, hasEndedUnheld(state)]).toEqual([state, false]);
});
