import type {
  Asset,
  BusinessCalendar,
  Connector,
  Contact,
  Identity,
  SlaTarget,
  TenantRequest,
  TenantFact,
  TenantPolicy,
  TenantState,
} from '#contracts';
import { scenario, testContext } from '#libs/testing';
import { tenantStream } from './decider.js';

const { given } = scenario(tenantStream);
const onboard: TenantRequest = {
  type: 'tenant.onboard',
  tenantId: 'acme',
  name: 'Acme',
  prefix: 'ACME',
  language: 'FR',
  timeZone: 'Europe/Paris',
  tier: 'MDR',
  providerType: 'MIXED',
  assets: [],
  identities: [],
};
const onboarded = given().when(onboard).facts();
const carol = { subject: 'carol', side: 'CUSTOMER' } as const;
/** What the customer may say, it says; the rest is the provider's. */
const speaker = ({ type }: TenantRequest) => (type === 'tenant.set-policy' ? { actor: carol } : {});
const after = (...requests: TenantRequest[]): TenantFact[] =>
  requests.reduce<TenantFact[]>(
    (past, request) => [
      ...past,
      ...given(...past)
        .when(request, speaker(request))
        .facts(),
    ],
    onboarded,
  );
const lastState = (facts: TenantFact[]): TenantState => facts.at(-1) as TenantState;

const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 0,
  mode: 'AUTHORIZE',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  ...special,
});
const setPolicy = (special: Partial<TenantPolicy> = {}): TenantRequest => ({
  type: 'tenant.set-policy',
  policy: policy(special),
});
const override = {
  id: 'o1',
  mode: 'NOTIFY',
  actionClasses: ['isolate-host'],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
} as const;
const contact = (special: Partial<Contact> = {}): Contact => ({
  name: 'Carol',
  subject: 'carol',
  kind: 'INCIDENT',
  channel: 'mail',
  address: 'carol@acme.example',
  callWindow: '',
  language: 'FR',
  ...special,
});
const asset = (assetId: string, hostnames: string[], special: Partial<Asset> = {}): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: 'internal',
  groups: [],
  ...special,
});
const identity = (identityId: string, names: string[]): Identity => ({
  identityId,
  names,
  criticality: 'LOW',
  unit: '',
  privileged: false,
});
const register = (assets: Asset[], identities: Identity[] = []): TenantRequest => ({
  type: 'tenant.register-assets',
  assets,
  identities,
});
const calendar = (days: BusinessCalendar['days'], holidays: string[] = []): TenantRequest => ({
  type: 'tenant.set-calendar',
  calendar: { days, holidays },
});
const connector = (special: Partial<Connector> = {}): TenantRequest => ({
  type: 'tenant.set-connector',
  connector: { vendor: 'defender', baseUrl: 'https://edr.example/', secretRef: 'acme-edr', account: 'a', ...special },
});
const source = (name: string, special = {}): TenantRequest => ({
  type: 'tenant.register-source',
  source: { name, kind: 'WINDOWS', silentAfterMinutes: 60, ...special },
});

describe('a tenant', () => {
  it('comes with guidance only, office hours and service levels', () => {
    expect(onboarded.map(({ type }) => type)).toEqual([
      'tenant.onboarded',
      'tenant.policy-set',
      'tenant.calendar-set',
      'tenant.sla-set',
      'tenant.state',
    ]);
    expect(lastState(onboarded)).toMatchObject({
      tenantId: 'acme',
      version: 1,
      active: true,
      prefix: 'ACME',
      timeZone: 'Europe/Paris',
      policy: { version: 1, mode: 'NOTIFY' },
    });
    expect(lastState(onboarded).calendar.days).toHaveLength(5);
    expect(lastState(onboarded).sla).toContainEqual({
      severity: 'HIGH',
      kind: 'ACKNOWLEDGE',
      minutes: 30,
      businessHours: false,
    });
  });
  it('comes once', () =>
    given(...onboarded)
      .when(onboard)
      .then());
  it('is not taken over by another of its name', () =>
    given(...onboarded)
      .when({ ...onboard, name: 'Other' } as TenantRequest)
      .refuses('tenant acme exists already'));
  it.each<[object, string]>([
    [{ tenantId: 'globex' }, 'names another'],
    [{ name: ' ' }, 'name is empty'],
    [{ prefix: 'acme' }, '2 to 8 capital letters'],
    [{ prefix: 'TOOLONGPREFIX' }, '2 to 8 capital letters'],
    [{ timeZone: 'Paris' }, 'IANA name'],
    [{ name: 'x'.repeat(201) }, 'more than 200'],
  ])('is refused with %j', (wrong, sentence) =>
    given()
      .when({ ...onboard, ...wrong } as TenantRequest)
      .refuses(sentence),
  );
  it.each(['-acme', 'a', 'Acme', 'a_b', '_operator'])('cannot be called %s', (tenant) =>
    given()
      .when({ ...onboard, tenantId: tenant } as TenantRequest, { tenant })
      .refuses('tenant id'),
  );
  it('comes with what was agreed: policy, hours, hosts and people', () => {
    const asked = {
      ...onboard,
      policy: policy({ mode: 'AUTHORIZE', version: 9 }),
      calendar: { days: [], holidays: [] },
      assets: [asset('a', ['DC1'])],
      identities: [identity('i', ['alice'])],
    } as TenantRequest;
    const facts = given().when(asked).facts();
    expect(lastState(facts)).toMatchObject({
      policy: { mode: 'AUTHORIZE', version: 1 },
      calendar: { days: [] },
      assets: [{ hostnames: ['dc1'] }],
      identities: [{ identityId: 'i' }],
    });
    given(...facts)
      .when(asked)
      .then();
    given(...facts)
      .when({ ...asked, policy: policy({ mode: 'COLLABORATE' }) } as TenantRequest)
      .refuses('exists already');
  });
  it.each<[object, string]>([
    [{ policy: policy({ approvalMinutes: 0 }) }, 'from 1 to 10080'],
    [{ calendar: { days: [], holidays: ['x'] } }, 'a date such as'],
    [{ assets: [asset('a', [])] }, 'needs a name'],
  ])('does not come with what is wrong: %j', (wrong, sentence) =>
    given()
      .when({ ...onboard, ...wrong } as TenantRequest)
      .refuses(sentence),
  );
  it('must be there', () => given().when(setPolicy()).refuses('there is no tenant acme'));
  it('is onboarded by the provider', () => given().when(onboard, { actor: carol }).refuses('only the provider'));
  it('says its full form after each change', () => {
    const facts = after(setPolicy(), { type: 'tenant.set-contacts', contacts: [contact()] });
    expect(lastState(facts)).toMatchObject({
      version: 3,
      policy: { mode: 'AUTHORIZE' },
      contacts: [{ name: 'Carol' }],
      name: 'Acme',
    });
  });
  it('leaves, once, and nothing changes any more', () => {
    const gone = after({ type: 'tenant.offboard', reason: 'contract ended' });
    expect(lastState(gone).active).toBe(false);
    given(...gone)
      .when({ type: 'tenant.offboard', reason: 'again' })
      .then();
    given(...gone)
      .when(setPolicy())
      .refuses('has ended');
    given(...gone)
      .when(onboard)
      .refuses('exists already');
  });
});

describe('a response policy', () => {
  it('counts its versions by itself', () =>
    expect(lastState(after(setPolicy({ version: 77 }), setPolicy({ mode: 'COLLABORATE' }))).policy.version).toBe(3));
  it('that is the same is no new one', () =>
    given(...after(setPolicy()))
      .when(setPolicy({ version: 5 }))
      .then());
  it('is the customer’s to set', () =>
    given(...onboarded)
      .when(setPolicy(), { actor: carol })
      .thenLike({ type: 'tenant.policy-set', by: carol }, { type: 'tenant.state' }));
  it('knows exclusions in lower case', () =>
    expect(
      lastState(after(setPolicy({ exclusions: [{ entity: ' Host:DC01', reason: 'never' }] }))).policy.exclusions,
    ).toEqual([{ entity: 'host:dc01', reason: 'never' }]));
  it.each<[Partial<TenantPolicy>, string]>([
    [
      { overrides: [override, override] as unknown as TenantPolicy['overrides'] },
      "policy override 'o1' is there twice",
    ],
    [
      { overrides: [{ ...override, id: '', actionClasses: [], assetGroups: [], severities: [] }] },
      'id of a policy override is empty',
    ],
    [
      { overrides: [{ ...override, minConfidence: 101, actionClasses: [], assetGroups: [], severities: [] }] },
      'whole number from 0 to 100',
    ],
    [
      { overrides: [{ ...override, actionClasses: ['Isolate Host'], assetGroups: [], severities: [] }] },
      'a name such as isolate-host',
    ],
    [{ exclusions: [{ entity: 'dc01', reason: 'x' }] }, 'kind:value'],
    [{ exclusions: [{ entity: 'host:dc01', reason: '' }] }, 'reason to exclude host:dc01 is empty'],
    [
      {
        exclusions: [
          { entity: 'host:a', reason: 'x' },
          { entity: 'HOST:A', reason: 'y' },
        ],
      },
      'is there twice',
    ],
    [
      {
        overrides: [
          { ...override, actionClasses: Array.from({ length: 51 }, () => 'x'), assetGroups: [], severities: [] },
        ],
      },
      'at most 50 action classes',
    ],
    [
      {
        overrides: [
          { ...override, actionClasses: [], assetGroups: Array.from({ length: 51 }, () => 'x'), severities: [] },
        ],
      },
      'at most 50 asset groups',
    ],
    [{ approvalMinutes: 0 }, 'from 1 to 10080'],
    [{ unreachableClasses: ['isolate-host'] }, 'need the time after which they may'],
    [{ escalateIfUnreachableAfterMinutes: -1 }, 'from 1 to 10080'],
  ])('is refused with %j', (wrong, sentence) =>
    given(...onboarded)
      .when(setPolicy(wrong))
      .refuses(sentence),
  );
});

describe('contacts', () => {
  const set = (...contacts: Contact[]): TenantRequest => ({ type: 'tenant.set-contacts', contacts });
  it('keep their order', () =>
    expect(
      lastState(after(set(contact({ name: 'B' }), contact({ name: 'A' })))).contacts.map(({ name }) => name),
    ).toEqual(['B', 'A']));
  it.each<[Partial<Contact>, string]>([
    [{ name: '' }, 'name of a contact is empty'],
    [{ channel: 'pigeon' }, 'must be mail, phone, webhook, portal'],
    [{ address: '' }, 'cannot be reached by mail'],
    [{ address: 'carol' }, 'mail address of Carol'],
    [{ channel: 'webhook', address: 'nowhere' }, 'must be a URL'],
    [{ channel: 'portal', subject: '' }, 'cannot be reached by portal'],
    [{ callWindow: '9-18' }, 'HH:MM-HH:MM'],
  ])('are refused with %j', (wrong, sentence) =>
    given(...onboarded)
      .when(set(contact(wrong)))
      .refuses(sentence),
  );
  describe('whose silence lets something happen', () => {
    const [zoe, bob] = [contact({ name: 'Zoe', subject: 'zoe' }), contact({ name: 'Bob', subject: 'bob' })];
    const known = (unreachableClasses: string[], by = carol): TenantFact[] =>
      [
        set(zoe),
        { ...setPolicy({ escalateIfUnreachableAfterMinutes: 15, unreachableClasses }) } as TenantRequest,
      ].reduce(
        (past, request) => [
          ...past,
          ...given(...past)
            .when(request, { actor: by })
            .facts(),
        ],
        onboarded,
      );
    it.each<[string, Contact[]]>([
      ['are not taken away', []],
      ['are asked first', [bob, zoe]],
      ['keep their address', [{ ...zoe, address: 'z@nowhere.example' }]],
      [
        'have no namesake before them',
        [{ ...zoe, kind: 'REPORTS' as Contact['kind'], address: 'z@nowhere.example' }, zoe],
      ],
    ])('%s by the provider', (_, contacts) => {
      given(...known(['isolate-host']))
        .when(set(...contacts))
        .refuses('let nothing proceed unanswered first');
      expect(
        given(...known(['isolate-host']))
          .when(set(...contacts), { actor: carol })
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' });
      expect(
        given(...known([]))
          .when(set(...contacts))
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' });
    });
    it('may be joined by others', () =>
      expect(
        given(...known(['isolate-host']))
          .when(set(zoe, bob))
          .facts()[0],
      ).toMatchObject({ type: 'tenant.contacts-set' }));
    it('are those who were there when it was proposed', () => {
      const proposed = [
        ...onboarded,
        ...given(...onboarded)
          .when(set(zoe))
          .facts(),
      ];
      const waiting = [
        ...proposed,
        ...given(...proposed)
          .when(setPolicy({ escalateIfUnreachableAfterMinutes: 15, unreachableClasses: ['isolate-host'] }))
          .facts(),
      ];
      expect(
        given(...waiting)
          .when(set(bob))
          .facts(),
      ).toMatchObject([
        { type: 'tenant.contacts-set' },
        { type: 'tenant.policy-proposal-ended', how: 'SUPERSEDED' },
        { type: 'tenant.state' },
      ]);
      expect(
        given(...waiting)
          .when(set(zoe, bob))
          .facts(),
      ).toMatchObject([{ type: 'tenant.contacts-set' }, { type: 'tenant.state' }]);
    });
  });
});

describe('a business calendar', () => {
  const day = { weekday: 1, start: '09:00', end: '17:00' };
  it('is kept in order', () =>
    expect(lastState(after(calendar([{ ...day, weekday: 2 }, day], ['2026-12-25', '2026-05-01']))).calendar).toEqual({
      days: [day, { ...day, weekday: 2 }],
      holidays: ['2026-05-01', '2026-12-25'],
    }));
  it.each<[TenantRequest, string]>([
    [calendar([{ ...day, weekday: 0 }]), 'from 1 to 7'],
    [calendar([{ ...day, start: '9:00' }]), 'HH:MM'],
    [calendar([{ ...day, end: '25:00' }]), 'at most 24:00'],
    [calendar([{ ...day, start: '18:00' }]), 'on Monday the start 18:00 must be before the end 17:00'],
    [calendar([day, { ...day, start: '16:00', end: '18:00' }]), 'on Monday opening hours overlap'],
    [calendar([day], ['25.12.2026']), 'a date such as'],
    [calendar([day], ['2026-02-30']), 'is no date'],
    [calendar([day], ['2026-12-25', '2026-12-25']), 'there twice'],
  ])('is refused when wrong: %j', (wrong, sentence) =>
    given(...onboarded)
      .when(wrong)
      .refuses(sentence),
  );
});

describe('service levels', () => {
  const target: SlaTarget = { severity: 'HIGH', kind: 'CONTAIN', minutes: 60, businessHours: false };
  it('replace those before', () =>
    expect(lastState(after({ type: 'tenant.set-sla', targets: [target] })).sla).toEqual([target]));
  it('are the provider’s to set', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [target] }, { actor: carol })
      .refuses('only the provider'));
  it('are refused twice for one clock', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [target, target] })
      .refuses("'HIGH CONTAIN' is there twice"));
  it('are refused without minutes', () =>
    given(...onboarded)
      .when({ type: 'tenant.set-sla', targets: [{ ...target, minutes: 0 }] })
      .refuses('minutes of a service level'));
});

describe('assets and identities', () => {
  it('are merged by id, in lower case', () => {
    const state = lastState(
      after(
        register([asset('a', ['DC1', 'dc1.acme.example'])]),
        register(
          [asset('b', ['web1']), asset('a', ['dc1'], { criticality: 'CRITICAL' })],
          [identity('i', ['ACME\\Alice'])],
        ),
      ),
    );
    expect(state.assets.map(({ assetId, hostnames, criticality }) => [assetId, hostnames, criticality])).toEqual([
      ['a', ['dc1'], 'CRITICAL'],
      ['b', ['web1'], 'HIGH'],
    ]);
    expect(state.identities[0]?.names).toEqual(['acme\\alice']);
  });
  it('registered again say nothing', () =>
    given(...after(register([asset('a', ['dc1'])])))
      .when(register([asset('a', ['DC1'])]))
      .then());
  it('have names of their own', () =>
    given(...after(register([asset('a', ['dc1'])])))
      .when(register([asset('b', ['dc1'])]))
      .refuses("'dc1' belongs to asset a already"));
  it('have a name at all', () =>
    given(...onboarded)
      .when(register([asset('a', [' '])]))
      .refuses('asset a needs a name'));
  it('have ids', () =>
    given(...onboarded)
      .when(register([asset('', ['x'])]))
      .refuses('id of an asset is empty'));
  it('are so many at most that the form fits into a message', () =>
    given(...onboarded)
      .when(register(Array.from({ length: 2_001 }, (_, index) => asset(`a${index}`, [`h${index}`]))))
      .refuses('at most 2000'));
});

describe('sources and connectors', () => {
  it('of telemetry are updated by name', () =>
    expect(lastState(after(source('edr'), source('edr', { silentAfterMinutes: 5 }))).sources).toEqual([
      { name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 5 },
    ]));
  it('keep their format', () =>
    given(...after(source('edr')))
      .when(source('edr', { kind: 'OKTA' }))
      .refuses('source edr is WINDOWS'));
  it.each(['', 'EDR', 'a b', 'a.b', 'x'.repeat(41)])("cannot be called '%s'", (name) =>
    given(...onboarded)
      .when(source(name))
      .refuses('name of a source'),
  );
  it('need a format', () =>
    given(...onboarded)
      .when(source('edr', { kind: 'UNKNOWN' }))
      .refuses('needs its format'));
  it('of a vendor are replaced', () =>
    expect(lastState(after(connector(), connector({ account: 'b' }))).connectors).toEqual([
      { vendor: 'defender', baseUrl: 'https://edr.example', secretRef: 'acme-edr', account: 'b' },
    ]));
  it.each<[Partial<Connector>, string]>([
    [{ baseUrl: 'edr.example' }, 'must be a URL'],
    [{ baseUrl: 'file:///etc/passwd' }, 'must begin with'],
    [{ baseUrl: 'https://u:p@edr.example' }, 'without credentials'],
    [{ vendor: 'Vendor X' }, 'name of a response connector'],
    [{ secretRef: 'eyJhbGciOiJIUzI1NiJ9.e30.x' }, 'looks like a secret'],
    [{ secretRef: 'env:sk-live-1234' }, 'looks like a secret'],
    [{ secretRef: '00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789' }, 'looks like a secret'],
    [{ secretRef: 'two words' }, 'must be the name'],
    [{ secretRef: '' }, 'must be the name'],
    [{ secretRef: 'env:EDR_TOKEN' }, 'env: and file: are not read'],
    [{ secretRef: 'file:/run/secrets/edr' }, 'are not read'],
  ])('are refused with %j', (wrong, sentence) =>
    given(...onboarded)
      .when(connector(wrong))
      .refuses(sentence),
  );
  it('never repeat what may be a secret', () => {
    const value = 'ghp_0123456789abcdef';
    const decide = (): unknown =>
      given(...onboarded)
        .when(connector({ secretRef: value }))
        .facts();
    expect(decide).toThrow(expect.objectContaining({ message: expect.not.stringContaining(value) }));
  });
  it.each(['acme-edr', 'edr', 'acme/edr.token_2'])('name their secret as %s', (secretRef) =>
    given(...onboarded)
      .when(connector({ secretRef }))
      .thenLike({ type: 'tenant.connector-set' }, { type: 'tenant.state' }),
  );
});

it('the known actor and time are those of the decision', () =>
  expect(onboarded[0]).toMatchObject({ by: testContext.actor, at: testContext.now }));
