import type { ActionFact } from '#contracts';
import { showing } from '#libs/testing';
import { heardOf, idsOf, THEN } from '../../test/samples/index.js';
import { actions } from './actions.js';

const ids = idsOf('acme');

describe('an action', () => {
  const base = { actionId: ids.action, caseId: ids.case, at: THEN + 30 };
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const after = (...facts: ActionFact[]) =>
    showing(actions).of(...heardOf('acme', ...actions.hears), ...facts)[ids.action];

  it('waits for the customer, and says why and since when', () =>
    expect(after()).toMatchObject({
      state: 'AWAITING_APPROVAL',
      decision: 'ASK',
      askedAt: THEN + 20,
      expiresAt: THEN + 21,
      history: [{ state: 'PROPOSED' }, { state: 'PROPOSED' }, { state: 'AWAITING_APPROVAL' }],
    }));
  const finished: ActionFact = {
    ...base,
    type: 'action.finished',
    actionClass: 'isolate-host',
    target,
    outcome: 'SUCCEEDED',
    detail: 'ok',
    vendorRef: '',
    vendor: 'defender',
    vendorId: 'm1',
    alreadyInForce: false,
  };
  const verified = (effective: boolean, observedAt = THEN + 25): ActionFact => ({
    ...base,
    type: 'action.verified',
    actionClass: 'isolate-host',
    target,
    effective,
    evidence: 'silent',
    observedAt,
    lagMs: 900_000,
  });
  const looked = (look: number, again: boolean): ActionFact => ({
    ...base,
    type: 'action.not-verified',
    actionClass: 'isolate-host',
    target,
    outcome: 'SUCCEEDED',
    inverting: false,
    look,
    again,
    reason: 'TARGET_OFFLINE',
    evidence: `look ${look}: nothing is heard`,
    observedAt: THEN + look,
    lagMs: 900_000,
    since: THEN,
    vendor: 'defender',
    vendorId: 'm1',
  });
  it('is verified once its effect was seen, with the evidence, its age and the lag allowed', () =>
    expect(
      after(
        { ...base, type: 'action.approved', comment: 'go', by: { subject: 'carol', side: 'CUSTOMER' } },
        finished,
        verified(true),
      ),
    ).toMatchObject({
      state: 'VERIFIED',
      approvedBy: { subject: 'carol' },
      detail: 'ok',
      evidence: 'silent',
      observedAt: THEN + 25,
      lagMs: 900_000,
      unverified: null,
      verifiedAt: THEN + 30,
    }));
  it.each<[string, ActionFact]>([
    ['agreed: go', { ...base, type: 'action.approved', comment: 'go', by: { subject: 'carol', side: 'CUSTOMER' } }],
    [
      'went on without an answer: no contact answered',
      { ...base, type: 'action.approved', comment: 'no contact answered', by: { subject: 'response', side: 'SYSTEM' } },
    ],
    ['nobody answered in time', { ...base, type: 'action.expired', told: 1 }],
    ['nobody could be asked', { ...base, type: 'action.expired', told: 0 }],
    ['no answer was heard in time', { ...base, type: 'action.expired' }],
  ])('says "%s", and takes nobody for silent, nor silence for a yes, who was not asked', (text, fact) =>
    expect(after(fact)?.history.at(-1)).toMatchObject({ text }),
  );
  it('without effect is not', () =>
    expect(after(verified(false))).toMatchObject({ state: 'VERIFY_FAILED', verifiedAt: null }));
  it('of before evidence had an age states none', () =>
    expect(after(verified(true, 0))).toMatchObject({ state: 'VERIFIED', observedAt: null, lagMs: null }));
  it('that is not verified yet stands as the vendor said, with the reason and what was seen', () =>
    expect(after(finished, looked(1, false))).toMatchObject({
      state: 'SUCCEEDED',
      verifiedAt: null,
      unverified: 'TARGET_OFFLINE',
      evidence: 'look 1: nothing is heard',
      observedAt: THEN + 1,
    }));
  it('tells in its history only the last of looks that found the same', () => {
    const { history, observedAt } = after(finished, looked(1, false), looked(2, true), looked(3, true)) ?? {};
    expect(history?.slice(-2)).toMatchObject([
      { state: 'SUCCEEDED', text: 'the vendor said SUCCEEDED: ok' },
      { state: 'SUCCEEDED', text: 'not verified yet: look 3: nothing is heard' },
    ]);
    expect(observedAt).toBe(THEN + 3);
  });
});
