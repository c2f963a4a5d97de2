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
  it('is verified once its effect was seen', () =>
    expect(
      after(
        { ...base, type: 'action.approved', comment: 'go', by: { subject: 'carol', side: 'CUSTOMER' } },
        {
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
        },
        { ...base, type: 'action.verified', actionClass: 'isolate-host', target, effective: true, evidence: 'silent' },
      ),
    ).toMatchObject({
      state: 'VERIFIED',
      approvedBy: { subject: 'carol' },
      detail: 'ok',
      evidence: 'silent',
      verifiedAt: THEN + 30,
    }));
  it('without effect is not', () =>
    expect(
      after({
        ...base,
        type: 'action.verified',
        actionClass: 'isolate-host',
        target,
        effective: false,
        evidence: 'talks',
      }),
    ).toMatchObject({ state: 'VERIFY_FAILED', verifiedAt: null }));
});
