import type { ActionFact } from '#contracts';
import { hearing } from '#libs/testing';
import { ada } from '../../test/reaction-samples.js';
import { THEN } from '../../test/samples.js';
import { keepAction } from './keep-action.js';

describe('response actions', () => {
  const target = { kind: 'HOST', id: 'ws6', entity: 'host:ws6' } as const;
  const base = { actionId: 'x', caseId: 'c', at: THEN };
  it.each<[ActionFact, string, string]>([
    [
      { ...base, type: 'action.decided', decision: 'ASK', rule: 'mode', because: 'COLLABORATE asks', policyVersion: 2 },
      'PROPOSED',
      'the response policy (version 2, mode) says ASK: COLLABORATE asks',
    ],
    [{ ...base, type: 'action.approved', comment: ' go ', by: ada }, 'APPROVED', 'ada agreed: go'],
    [
      {
        ...base,
        type: 'action.approved',
        comment: 'no contact answered within 30 minutes',
        by: { subject: 'response', side: 'SYSTEM' },
      },
      'APPROVED',
      'it went on without an answer: no contact answered within 30 minutes',
    ],
    [{ ...base, type: 'action.expired', told: 2 }, 'EXPIRED', 'nobody answered in time'],
    [{ ...base, type: 'action.expired', told: 0 }, 'EXPIRED', 'nobody could be asked, and the time to answer is over'],
    [{ ...base, type: 'action.expired' }, 'EXPIRED', 'no answer was heard in time'],
    [
      { ...base, type: 'action.approval-requested', contacts: [], question: 'May we?', expiresAt: THEN },
      'AWAITING_APPROVAL',
      'nobody is registered who could be asked: May we?',
    ],
    [
      {
        ...base,
        type: 'action.identity-requested',
        actionClass: 'isolate-host',
        target,
        asking: 1,
        rule: 'mode',
        because: 'it may',
        policyVersion: 2,
      },
      'RESOLVING',
      'the vendor is asked who ws6 is',
    ],
    [
      {
        ...base,
        type: 'action.identified',
        vendor: 'defender',
        vendorId: 'm1',
        name: 'ws6.acme.example',
        names: [],
        detail: 'ws6 is the machine ws6.acme.example (m1)',
      },
      'RESOLVING',
      'defender says: ws6 is the machine ws6.acme.example (m1)',
    ],
    [
      {
        ...base,
        type: 'action.started',
        actionClass: 'isolate-host',
        target,
        idempotencyKey: 'k',
        policyVersion: 1,
        rule: 'mode',
        inverting: true,
        vendor: 'defender',
        vendorId: 'm1',
      },
      'REVERTING',
      'isolate-host of ws6 is being undone',
    ],
    [
      {
        ...base,
        type: 'action.finished',
        actionClass: 'isolate-host',
        target,
        outcome: 'OUTCOME_UNKNOWN',
        detail: 'timed out',
        vendorRef: '',
        vendor: 'defender',
        vendorId: 'm1',
        alreadyInForce: false,
      },
      'OUTCOME_UNKNOWN',
      'the vendor said OUTCOME_UNKNOWN to isolate-host of ws6: timed out',
    ],
    [
      {
        ...base,
        type: 'action.verified',
        actionClass: 'isolate-host',
        target,
        effective: false,
        evidence: 'still talks',
        observedAt: 0,
        lagMs: 0,
      },
      'VERIFY_FAILED',
      'isolate-host of ws6 has no effect: still talks',
    ],
    [
      {
        ...base,
        type: 'action.superseded',
        actionClass: 'isolate-host',
        target,
        byActionId: 'r',
        byCaseId: 'c',
        inverting: false,
        evidence: 'ws6 connects again',
        observedAt: THEN - 1,
      },
      'REVERTED',
      `isolate-host of ws6 holds no more: it was given back by another action (r) of this case: ws6 connects again (as of ${new Date(THEN - 1).toISOString()})`,
    ],
    [
      { ...base, type: 'action.done-by-customer', comment: '', by: { subject: 'carol', side: 'CUSTOMER' } },
      'DONE_BY_CUSTOMER',
      'carol of the customer did it',
    ],
  ])('are kept with the case: $type', (fact, state, summary) =>
    expect(hearing(keepAction).of(fact).asked[0]?.request).toMatchObject({
      type: 'case.record-action',
      caseId: 'c',
      actionId: 'x',
      state,
      summary,
      occurredAt: THEN,
    }),
  );
  it('not verified yet are kept with what was seen and its age, once for each reason', () => {
    const fact = {
      ...base,
      type: 'action.not-verified' as const,
      actionClass: 'isolate-host',
      target,
      outcome: 'SUCCEEDED' as const,
      inverting: false,
      look: 1,
      again: false,
      reason: 'TARGET_OFFLINE' as const,
      evidence: 'nothing is heard of ws6',
      observedAt: THEN,
      lagMs: 900_000,
      since: THEN,
      vendor: 'defender',
      vendorId: 'm1',
    };
    expect(hearing(keepAction).of(fact).asked[0]?.request).toMatchObject({
      state: 'SUCCEEDED',
      summary: `isolate-host of ws6 is not verified yet: nothing is heard of ws6 (as of ${new Date(THEN).toISOString()})`,
    });
    expect(hearing(keepAction).of({ ...fact, inverting: true }).asked[0]?.request).toMatchObject({
      state: 'REVERTING',
    });
    hearing(keepAction)
      .of({ ...fact, again: true })
      .asks();
  });
  it('undone are kept with who asked for that, and why', () => {
    const undoing = {
      ...base,
      type: 'action.started' as const,
      actionClass: 'isolate-host',
      target,
      idempotencyKey: 'k',
      policyVersion: 1,
      rule: 'undo',
      inverting: true,
      vendor: 'defender',
      vendorId: 'm1',
      by: { subject: 'bob', side: 'PROVIDER' as const },
      reason: 'a false alarm',
    };
    expect(hearing(keepAction).of(undoing).asked[0]?.request).toMatchObject({
      by: undoing.by,
      summary: 'isolate-host of ws6 is being undone for bob: a false alarm',
    });
  });
  it('that wait for a yes are kept with whether anybody was told, as of when', () => {
    const put = {
      ...base,
      type: 'action.approval-requested' as const,
      contacts: ['zoe'],
      question: 'May we?',
      expiresAt: THEN,
    };
    const tried = {
      ...base,
      type: 'action.contact-tried' as const,
      contact: 'zoe',
      channel: 'mail',
      outcome: 'ACCEPTED' as const,
      reached: false,
      triedAt: THEN - 5,
    };
    const kept = (fact: ActionFact) => hearing(keepAction).of(fact).asked[0]?.request;
    expect(kept(put)).toMatchObject({ told: false, occurredAt: THEN });
    expect(kept(tried)).toMatchObject({ told: true, occurredAt: THEN - 5 });
    expect(kept({ ...tried, outcome: 'UNREACHABLE' })).toMatchObject({ told: null });
    expect(kept({ ...tried, channel: 'portal', reached: true })).toMatchObject({ told: null });
  });
  it('that are wanted again are other actions, which have words of their own', () =>
    hearing(keepAction)
      .of({
        ...base,
        type: 'action.wanted-again',
        state: 'DENIED',
        nextActionId: 'y',
        again: 1,
        wanted: {
          caseId: 'c',
          actionClass: 'isolate-host',
          target,
          severity: 'HIGH',
          confidence: 90,
          reason: 'r',
          detectedAt: THEN,
        },
      })
      .asks());
  it('of no case are kept nowhere', () =>
    hearing(keepAction)
      .of({ ...base, caseId: '', type: 'action.expired' })
      .asks());
});

it('a case does not say that an action is being undone, nor that it is in force, once undoing failed', () =>
  expect(
    hearing(keepAction).of({
      type: 'action.revert-failed',
      actionId: 'x',
      caseId: 'c',
      actionClass: 'isolate-host',
      targetId: 'web01',
      isLast: false,
      detail: 'away',
      at: 1,
    }).asked[0]?.request,
  ).toMatchObject({ state: 'OUTCOME_UNKNOWN', summary: 'could not be undone yet: away' }));
