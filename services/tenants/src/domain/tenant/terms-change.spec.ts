import type { Asset, TenantFact, TenantRequest, TenantState } from '#contracts';
import {
  ada,
  also,
  begun,
  carol,
  confirm,
  exclusions,
  given,
  grace,
  set,
  types,
  workstations,
} from '../../../test/agreements.js';

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
const now = (facts: TenantFact[]): TenantState => facts.at(-1) as TenantState;

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
