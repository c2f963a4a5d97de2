import type { ActionNotVerified, ActionReverted, ActionRevertFailed, ActionSuperseded } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { hearing } from '#libs/testing';
import { followUndoing } from './undoing.js';

const since = Date.UTC(2026, 10, 2);
const ids = { actionId: 'a', caseId: 'c', actionClass: 'isolate-host' };
const failed = (isLast: boolean): ActionRevertFailed => ({
  type: 'action.revert-failed',
  ...ids,
  targetId: 'web01',
  detail: 'the vendor said no',
  isLast,
  at: since,
});
const unseen = (afterMs: number, inverting = true): ActionNotVerified => ({
  type: 'action.not-verified',
  ...ids,
  target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
  outcome: 'SUCCEEDED',
  inverting,
  look: 3,
  again: true,
  reason: 'TARGET_OFFLINE',
  evidence: 'nothing is heard of web01',
  observedAt: since,
  lagMs: 900_000,
  since,
  vendor: 'defender',
  vendorId: 'f',
  at: since + afterMs,
});
const reverted: ActionReverted = {
  type: 'action.reverted',
  actionId: 'a',
  caseId: 'c',
  reason: 'seen',
  by: { subject: 'response', side: 'SYSTEM' },
  observedAt: since,
  lagMs: 0,
  at: since,
};
const superseded: ActionSuperseded = {
  type: 'action.superseded',
  ...ids,
  target: { kind: 'HOST', id: 'web01', entity: 'host:web01' },
  byActionId: 'r',
  byCaseId: 'c',
  inverting: false,
  evidence: 'seen',
  observedAt: since,
  at: since,
};
const asked = (fact: ActionRevertFailed | ActionNotVerified | ActionReverted | ActionSuperseded) =>
  hearing(followUndoing)
    .of(fact)
    .asked.map(({ request }) => request);

describe('what was taken from the customer, and is not given back', () => {
  it('is something that people see once nobody tries any more', () => {
    expect(asked(failed(false))).toEqual([]);
    expect(asked(failed(true))).toMatchObject([
      { check: 'NOT_UNDONE', subject: 'web01', severity: 'HIGH', isPresent: true },
    ]);
  });
  it('is so, too, when a day later it is not seen given back', () => {
    expect(asked(unseen(DAY_MS - 1))).toEqual([]);
    expect(asked(unseen(DAY_MS))).toMatchObject([{ check: 'NOT_UNDONE', subject: 'web01', isPresent: true, since }]);
    expect(asked(unseen(DAY_MS, false))).toEqual([]);
  });
  it.each([reverted, superseded])('is one item of each action, which ends when it is seen given back: $type', (end) => {
    const [first, again, over] = [failed(true), unseen(2 * DAY_MS), end].flatMap(asked);
    expect(again).toMatchObject({ postureId: first?.postureId, gapId: first?.gapId });
    expect(over).toMatchObject({ postureId: first?.postureId, isPresent: false, gapId: '' });
  });
});
