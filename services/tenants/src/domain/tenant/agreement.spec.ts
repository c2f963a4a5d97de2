import type { Asset, TenantRequest, TenantFact, TenantPolicy, TenantState } from '#contracts';
import type { DecisionContext } from '#libs/model';
import { scenario, testContext } from '#libs/testing';
import { tenantStream } from './decider.js';

const { given } = scenario(tenantStream);
const DAY_MS = 86_400_000;
const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 0,
  mode: 'NOTIFY',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  ...special,
});
const set = (special: Partial<TenantPolicy> = {}): TenantRequest => ({
  type: 'tenant.set-policy',
  policy: policy(special),
});
const person = (
  subject: string,
  side: 'PROVIDER' | 'CUSTOMER' | 'SYSTEM' = 'PROVIDER',
  requestId = subject,
): Partial<DecisionContext> => ({ actor: { subject, side }, requestId });
const [ada, grace, carol] = [person('ada'), person('grace'), person('carol', 'CUSTOMER')];
const exclusions = [{ entity: 'host:dc01', reason: 'domain controller' }];
const workstations = {
  id: 'ws',
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: ['workstations'],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
} as const;
const asset = (assetId: string, special: Partial<Asset> = {}): Asset => ({
  assetId,
  hostnames: [assetId],
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups: [],
  ...special,
});
const register = (...assets: Asset[]): TenantRequest => ({ type: 'tenant.register-assets', assets, identities: [] });
const confirm = (proposalId: string): TenantRequest => ({ type: 'tenant.confirm-policy', proposalId });
const reject = (proposalId: string, reason = ''): TenantRequest => ({
  type: 'tenant.reject-policy',
  proposalId,
  reason,
});

const onboard = (agreed: Partial<TenantPolicy>, assets: Asset[] = []): TenantRequest => ({
  type: 'tenant.onboard',
  tenantId: 'acme',
  name: 'Acme',
  prefix: 'ACME',
  language: 'EN',
  timeZone: 'UTC',
  tier: 'MDR',
  providerType: 'MIXED',
  policy: policy(agreed),
  assets,
  identities: [],
});
const begun = (agreed: Partial<TenantPolicy> = {}, assets: Asset[] = []): TenantFact[] =>
  given().when(onboard(agreed, assets), ada).facts();
const also = (past: TenantFact[], request: TenantRequest, context: Partial<DecisionContext>): TenantFact[] => [
  ...past,
  ...given(...past)
    .when(request, context)
    .facts(),
];
const now = (facts: TenantFact[]): TenantState => facts.at(-1) as TenantState;
const types = (facts: TenantFact[]): string[] => facts.map(({ type }) => type);

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

describe('a policy that lets nothing more happen', () => {
  it.each([
    ['the provider', ada],
    ['the customer', carol],
  ])('holds at once when %s says it', (_, who) =>
    given(...begun({ mode: 'AUTHORIZE' }))
      .when(set({ mode: 'COLLABORATE', exclusions }), who)
      .thenLike(
        {
          type: 'tenant.policy-set',
          looser: [],
          tighter: expect.arrayContaining(['host:dc01 is excluded from every action']),
        },
        { type: 'tenant.state' },
      ),
  );
  it('may still be one with another name for an override', () => {
    const named = (id: string) => ({
      overrides: [{ ...workstations, id, assetGroups: ['workstations'], actionClasses: [], severities: [] }],
    });
    expect(
      types(
        given(...begun(named('a')))
          .when(set(named('b')), ada)
          .facts(),
      ),
    ).toEqual(['tenant.policy-set', 'tenant.state']);
  });
});

describe('hosts, people and hours that the policy tells apart', () => {
  const agreed = {
    overrides: [{ ...workstations, assetGroups: ['workstations'], actionClasses: [], severities: [] }],
    exclusions: [{ entity: 'host:dc01', reason: 'r' }],
  };
  const past = begun(agreed, [
    asset('web01', { groups: ['servers'] }),
    asset('dc', { hostnames: ['dc01', 'ads.acme.example'] }),
  ]);
  it.each<[string, Asset]>([
    ['a host comes into a group that is acted on', asset('web01', { groups: ['servers', 'workstations'] })],
    ['an unknown host is registered there', asset('new', { groups: ['workstations'] })],
    [
      'a host there takes a name that stood for another',
      asset('new', { hostnames: ['web01.acme.example'], groups: ['workstations'] }),
    ],
    ['an excluded host loses a name', asset('dc', { hostnames: ['dc01'] })],
  ])('are proposed where %s', (_, changed) =>
    expect(
      types(
        given(...past)
          .when(register(changed), ada)
          .facts(),
      ),
    ).toEqual(['tenant.policy-proposed', 'tenant.state']),
  );
  it.each<[string, Asset]>([
    ['a host is described', asset('web01', { groups: ['servers'], owner: 'Zoe' })],
    ['a host is registered in a group that nothing is said of', asset('new', { groups: ['servers'] })],
    ['an excluded host gains a name', asset('dc', { hostnames: ['dc01', 'ads.acme.example', 'kdc'] })],
  ])('change at once where %s', (_, changed) =>
    expect(
      types(
        given(...past)
          .when(register(changed), ada)
          .facts(),
      ),
    ).toEqual(['tenant.assets-registered', 'tenant.state']),
  );
  it('change when a second person agrees, and nothing else does', () => {
    const waiting = also(past, register(asset('web01', { groups: ['workstations'] })), ada);
    const done = also(waiting, confirm('ada'), grace);
    expect(types(done.slice(waiting.length))).toEqual([
      'tenant.assets-registered',
      'tenant.policy-proposal-ended',
      'tenant.state',
    ]);
    expect([now(done).assets[0]?.groups, now(done).policy.version]).toEqual([['workstations'], 1]);
  });
  it('do not change by an agreement that was given for less', () => {
    const never = {
      ...workstations,
      id: 'servers',
      mode: 'NOTIFY' as const,
      assetGroups: ['servers'],
      actionClasses: [],
      severities: [],
    };
    const waiting = also(
      begun({ overrides: [...agreed.overrides, never] }),
      register(asset('new', { groups: ['workstations'] })),
      ada,
    );
    const moved = also(
      waiting,
      register(asset('old', { hostnames: ['new.acme.example'], groups: ['servers'] })),
      grace,
    );
    given(...moved)
      .when(confirm('ada'), carol)
      .refuses('has changed since');
  });
  it.each<[string, TenantRequest]>([
    ['a host joins the group that it names', register(asset('web01', { groups: ['servers', 'laptops'] }))],
    [
      'the hours that it names become longer',
      { type: 'tenant.set-calendar', calendar: { days: [{ weekday: 7, start: '00:00', end: '24:00' }], holidays: [] } },
    ],
  ])('end a proposed policy when %s meanwhile, which is no looser today', (_, change) => {
    const special = { ...workstations, id: 'new', assetGroups: ['laptops'], actionClasses: [], severities: [] };
    const waiting = also(
      past,
      set({
        ...agreed,
        overrides: [...agreed.overrides, special, { ...special, id: 'day', assetGroups: [], hours: 'BUSINESS' }],
      }),
      ada,
    );
    const moved = also(waiting, change, ada);
    expect(types(moved.slice(waiting.length))).toEqual([
      expect.stringMatching(/calendar-set|assets-registered/),
      'tenant.policy-proposal-ended',
      'tenant.state',
    ]);
    given(...moved)
      .when(confirm('ada'), carol)
      .refuses('no such proposal');
  });
  it('leave a proposed policy alone when they change otherwise', () => {
    const waiting = also(past, set({ ...agreed, mode: 'COLLABORATE' }), ada);
    expect(
      types(
        given(...waiting)
          .when(register(asset('web01', { groups: ['servers', 'laptops'] })), ada)
          .facts(),
      ),
    ).toEqual(['tenant.assets-registered', 'tenant.state']);
  });
  it('end a proposed calendar when another holds meanwhile', () => {
    const hours = (end: string): TenantRequest => ({
      type: 'tenant.set-calendar',
      calendar: { days: [{ weekday: 1, start: '09:00', end }], holidays: [] },
    });
    const byDay = also(
      begun({
        overrides: [{ ...workstations, hours: 'BUSINESS', assetGroups: [], actionClasses: [], severities: [] }],
      }),
      hours('18:00'),
      ada,
    );
    expect(
      types(
        given(...byDay)
          .when(hours('10:00'), grace)
          .facts(),
      ),
    ).toEqual(['tenant.calendar-set', 'tenant.policy-proposal-ended', 'tenant.state']);
  });
  it('wait for a second person where the hours widen what is acted on', () => {
    const atNight = begun({
      overrides: [{ ...workstations, hours: 'OUT_OF_HOURS', assetGroups: [], actionClasses: [], severities: [] }],
    });
    const calendar = (start: string): TenantRequest => ({
      type: 'tenant.set-calendar',
      calendar: { days: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start, end: '17:00' })), holidays: [] },
    });
    expect(
      types(
        given(...atNight)
          .when(calendar('12:00'), ada)
          .facts(),
      ),
    ).toEqual(['tenant.policy-proposed', 'tenant.state']);
    expect(
      types(
        given(...atNight)
          .when(calendar('07:00'), ada)
          .facts(),
      ),
    ).toEqual(['tenant.calendar-set', 'tenant.state']);
    expect(
      types(
        given(...begun())
          .when(calendar('12:00'), ada)
          .facts(),
      ),
    ).toEqual(['tenant.calendar-set', 'tenant.state']);
  });
});
