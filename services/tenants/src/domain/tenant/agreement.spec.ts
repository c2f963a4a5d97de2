import type { TenantPolicy, TenantRequest, TenantState } from '#contracts';
import { DAY_MS } from '#libs/terms';
import { testContext } from '#libs/testing';
import {
  ada,
  also,
  begun,
  carol,
  confirm,
  exclusions,
  given,
  grace,
  person,
  set,
  types,
  workstations,
} from '../../../test/agreements.js';

const reject = (proposalId: string, reason = ''): TenantRequest => ({
  type: 'tenant.reject-policy',
  proposalId,
  reason,
});
const proposed = also(begun({ exclusions }), set({ mode: 'AUTHORIZE', exclusions }), ada);

describe('a policy that lets more happen', () => {
  it('is only proposed by one person of the provider', () => {
    const [fact, state] = proposed.slice(-2);
    expect(fact).toMatchObject({
      type: 'tenant.policy-proposed',
      proposalId: 'ada',
      looser: ['the default: the provider acts, where before the provider only guides'],
      policyVersion: 1,
      expiresAt: testContext.now + 7 * DAY_MS,
      by: { subject: 'ada' },
    });
    expect((state as TenantState).policy).toMatchObject({ mode: 'NOTIFY', version: 1 });
  });
  it.each([
    ['another of the provider', grace],
    ["the customer's person", carol],
    ['a customer of the same subject', person('ada', 'CUSTOMER')],
  ])('holds once %s agrees', (_, who) => {
    const agreed = also(proposed, confirm('ada'), who);
    expect(agreed.slice(proposed.length)).toMatchObject([
      {
        type: 'tenant.policy-set',
        proposalId: 'ada',
        proposedBy: { subject: 'ada', side: 'PROVIDER' },
        by: who.actor,
        policy: { mode: 'AUTHORIZE', version: 2 },
      },
      { type: 'tenant.policy-proposal-ended', how: 'AGREED' },
      { type: 'tenant.state' },
    ]);
    given(...agreed)
      .when(confirm('ada'), carol)
      .refuses('no such proposal');
  });
  it.each([
    ['ada', ada],
    ['Ada with another spelling', person(' ADA ')],
  ])('does not hold by the word of %s, who proposed it', (_, who) =>
    given(...proposed)
      .when(confirm('ada'), who)
      .refuses('who proposes it cannot agree'),
  );
  it('is agreed to by people', () =>
    given(...proposed)
      .when(confirm('ada'), person('cases', 'SYSTEM'))
      .refuses('only people'));
  it('is proposed for a service as well', () =>
    expect(
      types(
        given(...begun())
          .when(set({ mode: 'AUTHORIZE' }), person('cases', 'SYSTEM'))
          .facts(),
      ),
    ).toEqual(['tenant.policy-proposed', 'tenant.state']));
  it('holds at once when the customer says it', () =>
    given(...begun())
      .when(set({ mode: 'AUTHORIZE' }), carol)
      .thenLike({ type: 'tenant.policy-set', by: { subject: 'carol', side: 'CUSTOMER' } }, { type: 'tenant.state' }));
  it('waits for seven days', () => {
    given(...proposed)
      .when(confirm('ada'), { ...grace, now: testContext.now + 7 * DAY_MS })
      .refuses('waited too long');
    expect(
      types(
        given(...proposed)
          .when(set({ mode: 'AUTHORIZE', exclusions }), { ...ada, now: testContext.now + 8 * DAY_MS })
          .facts(),
      ),
    ).toEqual(['tenant.policy-proposed', 'tenant.state']);
  });
  it('is not proposed twice, nor by a second person as if that were agreeing', () =>
    given(...proposed)
      .when(set({ mode: 'AUTHORIZE', exclusions }), grace)
      .refuses('proposed already'));
  it('may be rejected, or taken back', () => {
    given(...proposed)
      .when(reject('ada', 'not now'), carol)
      .thenLike(
        { type: 'tenant.policy-proposal-ended', how: 'REJECTED', reason: 'not now', by: carol.actor },
        { type: 'tenant.state' },
      );
    given(...proposed)
      .when(reject('ada'), ada)
      .thenLike({ type: 'tenant.policy-proposal-ended', how: 'WITHDRAWN' }, { type: 'tenant.state' });
    given(...also(proposed, reject('ada'), carol))
      .when(confirm('ada'), grace)
      .refuses('no such proposal');
    given(...proposed)
      .when(reject('other'), carol)
      .refuses('no such proposal');
  });
  it('comes to nothing when another policy holds meanwhile: an exclusion that was added stays', () => {
    const tightened = also(proposed, set({ exclusions: [...exclusions, { entity: 'host:db01', reason: 'r' }] }), grace);
    expect(types(tightened.slice(proposed.length))).toEqual([
      'tenant.policy-set',
      'tenant.policy-proposal-ended',
      'tenant.state',
    ]);
    given(...tightened)
      .when(confirm('ada'), carol)
      .refuses('no such proposal');
  });
  it('waits with twenty others at most', () => {
    const full = Array.from({ length: 20 }, (_, index) => index).reduce(
      (past, index) => also(past, set({ mode: 'COLLABORATE', approvalMinutes: 100 + index }), person(`p${index}`)),
      begun(),
    );
    given(...full)
      .when(set({ mode: 'AUTHORIZE' }), ada)
      .refuses('20 proposals wait already');
  });
  it.each<[string, Partial<TenantPolicy>, Partial<TenantPolicy>]>([
    ['an exclusion is removed', { exclusions }, {}],
    [
      'an override lets more happen',
      {},
      {
        overrides: [{ ...workstations, assetGroups: [...workstations.assetGroups], actionClasses: [], severities: [] }],
      },
    ],
    [
      'a class may proceed unanswered',
      { mode: 'COLLABORATE' },
      { mode: 'COLLABORATE', escalateIfUnreachableAfterMinutes: 30, unreachableClasses: ['isolate-host'] },
    ],
  ])('is one where %s', (_, before, after) =>
    expect(
      types(
        given(...begun(before))
          .when(set(after), ada)
          .facts(),
      ),
    ).toEqual(['tenant.policy-proposed', 'tenant.state']),
  );
});
