import { aCase, anAction, minute } from '../../../test/samples.js';
import { stateAt } from './action-at.js';
import { timelineOf } from '../sections/timeline.js';

describe('a document that has no steps of its own', () => {
  const lived = anAction({
    proposedAt: minute(1),
    started: [
      { inverting: false, at: minute(2) },
      { inverting: true, at: minute(5) },
    ],
    finished: [{ outcome: 'SUCCEEDED', detail: '', at: minute(3) }],
    verified: [{ effective: false, evidence: '', at: minute(4) }],
    revertFailed: { detail: '', at: minute(6) },
  });

  it.each([
    [1, 'PROPOSED'],
    [3, 'SUCCEEDED'],
    [4, 'VERIFY_FAILED'],
    [5, 'REVERTING'],
    [6, 'VERIFY_FAILED'],
  ] as const)('says from what happened that at minute %d it was %s', (after, state) =>
    expect(stateAt(lived, minute(after) + 1)).toBe(state),
  );
  it('says nothing of the time before', () => expect(stateAt(lived, minute(1))).toBeNull());
});

it.each(['PARTIAL', 'UNSUPPORTED'])("a case's story tells that an action ended %s", (state) => {
  const record = {
    actionId: 'a1',
    actionClass: 'isolate-host',
    state,
    summary: '',
    occurredAt: minute(1),
    at: minute(1),
  };
  const { timeline } = timelineOf(aCase({ actions: [record] }), minute(9));
  expect(timeline.filter((entry) => entry.state)).toMatchObject([{ what: 'ACTION', state }]);
});

it("a case's story tells that an undoing failed, and calls nothing verified a second time", () => {
  const record = (state: string, at: number) => ({
    actionId: 'a1',
    actionClass: 'isolate-host',
    state,
    summary: '',
    occurredAt: minute(at),
    at: minute(at),
  });
  const actions = [record('VERIFIED', 1), record('REVERTING', 2), record('VERIFIED', 3), record('REVERTING', 4)];
  const { timeline } = timelineOf(aCase({ actions: [...actions, record('REVERTED', 5)] }), minute(9));
  expect(timeline.filter(({ state }) => state).map(({ what, state }) => [what, state])).toEqual([
    ['ACTION', 'VERIFIED'],
    ['UNDO_FAILED', 'VERIFIED'],
    ['ACTION', 'REVERTED'],
  ]);
});
