import type { Asset, BusinessCalendar, Identity, PolicyOverride, TenantPolicy } from '#contracts';
import { differenceOf, type TenantTerms } from './index.js';

const policy = (special: Partial<TenantPolicy> = {}): TenantPolicy => ({
  version: 1,
  mode: 'COLLABORATE',
  overrides: [],
  exclusions: [],
  approvalMinutes: 60,
  escalateIfUnreachableAfterMinutes: null,
  unreachableClasses: [],
  ...special,
});
const override = (id: string, special: Partial<PolicyOverride> = {}): PolicyOverride => ({
  id,
  mode: 'AUTHORIZE',
  actionClasses: [],
  assetGroups: [],
  severities: [],
  minConfidence: 0,
  hours: 'ANY',
  ...special,
});
const week = (start: string, end: string, holidays: string[] = []): BusinessCalendar => ({
  days: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, start, end })),
  holidays,
});
const terms = (special: Partial<TenantPolicy> = {}, rest: Partial<TenantTerms> = {}): TenantTerms => ({
  policy: policy(special),
  calendar: week('09:00', '17:00'),
  assets: [],
  identities: [],
  ...rest,
});
const between = (before: Partial<TenantPolicy>, after: Partial<TenantPolicy>) =>
  differenceOf(terms(before), terms(after));
const asset = (assetId: string, groups: string[], hostnames = [assetId]): Asset => ({
  assetId,
  hostnames,
  criticality: 'LOW',
  owner: '',
  unit: '',
  exposure: '',
  groups,
});
const identity = (names: string[]): Identity => ({
  identityId: 'i',
  names,
  criticality: 'LOW',
  unit: '',
  privileged: false,
});

const unanswered = { escalateIfUnreachableAfterMinutes: 30, unreachableClasses: ['isolate-host'] };

describe('a policy is looser', () => {
  it.each<[string, Partial<TenantPolicy>, Partial<TenantPolicy>, string]>([
    [
      'in a mode that lets more happen',
      {},
      { mode: 'AUTHORIZE' },
      'the default: the provider acts, where before the provider asks before it acts',
    ],
    [
      'without an exclusion',
      { exclusions: [{ entity: 'host:DC01', reason: 'r' }] },
      {},
      'host:dc01 is excluded no more',
    ],
    [
      'with an override',
      {},
      { overrides: [override('night', { hours: 'OUT_OF_HOURS', severities: ['HIGH'] })] },
      "override 'night' (severity HIGH; out of business hours): the provider acts, where before, under the default, the provider asks before it acts",
    ],
    [
      'without an override that held back',
      { mode: 'AUTHORIZE', overrides: [override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] })] },
      { mode: 'AUTHORIZE' },
      'the default: the provider acts, where before, under',
    ],
    [
      'with an override of less confidence',
      { overrides: [override('sure', { minConfidence: 90 })] },
      { overrides: [override('sure', { minConfidence: 80 })] },
      "override 'sure' (confidence from 80): the provider acts",
    ],
    [
      'with an override that overrules another by more conditions',
      { overrides: [override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] })] },
      {
        overrides: [
          override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] }),
          override('x', { assetGroups: ['web'], severities: ['HIGH'] }),
        ],
      },
      "override 'x'",
    ],
    [
      'where an override that held back names fewer groups',
      { mode: 'AUTHORIZE', overrides: [override('s', { mode: 'NOTIFY', assetGroups: ['a', 'b'] })] },
      { mode: 'AUTHORIZE', overrides: [override('s', { mode: 'NOTIFY', assetGroups: ['a'] })] },
      'the default: the provider acts',
    ],
    [
      'where a class may proceed unanswered',
      {},
      unanswered,
      'isolate-host may proceed when nobody answers for 30 minutes',
    ],
    [
      'where it may sooner',
      unanswered,
      { ...unanswered, escalateIfUnreachableAfterMinutes: 20 },
      'after 20 minutes instead of 30',
    ],
    [
      'where it may for longer',
      unanswered,
      { ...unanswered, approvalMinutes: 600 },
      'for 600 minutes after the question instead of 60',
    ],
  ])('%s', (_, before, after, sentence) => {
    expect(between(before, after).looser.join('\n')).toContain(sentence);
    expect(between(before, before)).toEqual({ looser: [], tighter: [] });
    expect(between(after, before).tighter).not.toEqual([]);
  });
});

it.each<[string, Partial<TenantPolicy>, Partial<TenantPolicy>]>([
  ['a stricter mode', { mode: 'AUTHORIZE' }, { mode: 'NOTIFY' }],
  ['one more exclusion', {}, { exclusions: [{ entity: 'host:a', reason: 'r' }] }],
  [
    'another reason for an exclusion',
    { exclusions: [{ entity: 'host:a', reason: 'r' }] },
    { exclusions: [{ entity: 'host:a', reason: 's' }] },
  ],
  [
    'an override that is never reached',
    { overrides: [override('a')] },
    { mode: 'COLLABORATE', overrides: [override('a'), override('b')] },
  ],
  [
    'an override of more confidence',
    { overrides: [override('a', { minConfidence: 50 })] },
    { overrides: [override('a', { minConfidence: 60 })] },
  ],
  [
    'an override split in two',
    { overrides: [override('a', { assetGroups: ['x', 'y'] })] },
    { overrides: [override('a', { assetGroups: ['x'] }), override('b', { assetGroups: ['y'] })] },
  ],
  [
    'another order',
    { overrides: [override('a', { assetGroups: ['x'] }), override('b', { mode: 'NOTIFY' })] },
    { overrides: [override('b', { mode: 'NOTIFY' }), override('a', { assetGroups: ['x'] })] },
  ],
  ['a longer time to agree in', {}, { approvalMinutes: 600 }],
  ['no class that proceeds unanswered', unanswered, {}],
])('a policy with %s is no looser', (_, before, after) => expect(between(before, after).looser).toEqual([]));

it('counts a policy that is too large to compare as looser, and soon', () => {
  const large = Array.from({ length: 200 }, (_, index) =>
    override(`o${index}`, {
      minConfidence: index % 101,
      assetGroups: [`g${index}`],
      actionClasses: Array.from({ length: 50 }, (_unused, one) => `c${(index * 50 + one) % 2_000}`),
      hours: index % 2 ? 'BUSINESS' : 'OUT_OF_HOURS',
    }),
  );
  const began = performance.now();
  expect(between({ overrides: large }, { overrides: large.slice(1) }).looser.join()).toContain('too many conditions');
  expect(
    between({ overrides: large }, { overrides: large, exclusions: [{ entity: 'host:a', reason: 'r' }] }).looser,
  ).toEqual([]);
  expect(performance.now() - began).toBeLessThan(5_000);
});
it('says twenty things at most', () =>
  expect(
    between({ exclusions: Array.from({ length: 40 }, (_, index) => ({ entity: `host:h${index}`, reason: 'r' })) }, {})
      .looser,
  ).toHaveLength(21));

describe('hosts, people and hours', () => {
  const servers = {
    mode: 'AUTHORIZE' as const,
    overrides: [override('servers', { mode: 'NOTIFY', assetGroups: ['servers'] })],
    exclusions: [{ entity: 'user:alice', reason: 'r' }],
  };
  const things = (before: Partial<TenantTerms>, after: Partial<TenantTerms>) =>
    differenceOf(terms(servers, before), terms(servers, after));
  it.each<[string, Partial<TenantTerms>, Partial<TenantTerms>, string]>([
    [
      'a host that leaves a group that holds back',
      { assets: [asset('web01', ['servers'])] },
      { assets: [asset('web01', [])] },
      'web01: the default: the provider acts',
    ],
    [
      'a host whose name nobody owns any more',
      { assets: [asset('a', ['servers'], ['web01', 'web02'])] },
      { assets: [asset('a', ['servers'], ['web02'])] },
      'web01: the default: the provider acts',
    ],
    [
      'a host that takes over a name',
      { assets: [asset('a', ['servers'], ['web01', 'web02'])] },
      { assets: [asset('a', ['servers'], ['web02']), asset('b', [], ['web01'])] },
      'web01: the default: the provider acts',
    ],
    [
      'a host that leaves a name to one that is alike',
      { assets: [asset('a', ['servers'], ['web01.a.example']), asset('b', [], ['web01.b.example'])] },
      { assets: [asset('a', ['servers'], ['db01.a.example']), asset('b', [], ['web01.b.example'])] },
      'web01.a.example: the default: the provider acts',
    ],
    [
      'a person who was excluded by another name',
      { identities: [identity(['acme\\alice', 'a.smith'])] },
      { identities: [identity(['acme\\alice'])] },
      'a.smith counts no more as the excluded user:alice',
    ],
  ])('are looser with %s', (_, before, after, sentence) =>
    expect(things(before, after).looser.join('\n')).toContain(sentence),
  );
  const excluding = (entity: string, before: Partial<TenantTerms>, after: Partial<TenantTerms>) => {
    const policied = (rest: Partial<TenantTerms>) => terms({ exclusions: [{ entity, reason: 'r' }] }, rest);
    return differenceOf(policied(before), policied(after)).looser.join('\n');
  };
  const [ceo, dc] = [identity(['ceo@acme.example', 'boss@acme.example']), asset('a', [], ['dc01.acme.example', 'pdc'])];
  it.each<[string, string, Partial<TenantTerms>, Partial<TenantTerms>, string]>([
    [
      'a name of who is excluded as a mailbox is taken away',
      'mailbox:ceo@acme.example',
      { identities: [identity(['ceo@acme.example', 'jane.doe'])] },
      { identities: [identity(['ceo@acme.example'])] },
      'jane.doe counts no more',
    ],
    [
      'a name of who is excluded by another spelling is taken away',
      'user:alice',
      { identities: [identity(['acme/alice', 'a.smith'])] },
      { identities: [identity(['acme/alice'])] },
      'a.smith counts no more',
    ],
    [
      'a name of a host that is excluded by its address is taken away',
      'ip:10.0.0.5',
      { assets: [asset('a', [], ['dc01', '10.0.0.5'])] },
      { assets: [asset('a', [], ['10.0.0.5'])] },
      'dc01 counts no more',
    ],
    [
      'somebody else is registered under the short name of who is excluded',
      'user:boss@acme.example',
      { identities: [ceo] },
      { identities: [ceo, { ...identity(['ceo']), identityId: 'j' }] },
      'ceo counts no more',
    ],
    [
      'another host is registered under the short name of an excluded one',
      'host:pdc',
      { assets: [dc] },
      { assets: [dc, asset('b', [], ['dc01'])] },
      'dc01 counts no more',
    ],
    [
      'it is, in full-width letters',
      'host:pdc',
      { assets: [dc] },
      { assets: [dc, asset('b', [], ['ｄｃ01'])] },
      'dc01 counts no more',
    ],
    [
      'a name without its domain is taken away',
      'user:boss',
      { identities: [identity(['ceo', 'boss'])] },
      { identities: [identity(['ceo@acme.example', 'boss'])] },
      'ceo@another domain counts no more',
    ],
  ])('are looser where %s', (_, entity, before, after, sentence) => {
    expect(excluding(entity, before, after)).toContain(sentence);
    expect(excluding(entity, after, after)).toBe('');
  });
  const free = { overrides: [override('ws', { assetGroups: ['workstations'] })] };
  const paris = asset('a', ['workstations'], ['ws1.paris.example']);
  const [tokyo, both] = [
    asset('b', ['workstations'], ['ws1.tokyo.example']),
    asset('b', ['workstations'], ['ws1.tokyo.example', 'ws7']),
  ];
  it.each<[string, Asset[], Asset[], string]>([
    ['a host nobody had registered joins its namesake', [paris], [paris, tokyo], 'ws1.tokyo.example: override'],
    [
      'a host takes the name of one in another domain',
      [paris],
      [{ ...paris, hostnames: [...paris.hostnames, 'ws1.tokyo.example'] }],
      'ws1.paris.example: override',
    ],
    [
      'a name that two answered to is left to one',
      [paris, both],
      [paris, { ...both, hostnames: ['ws7'] }],
      'ws1.tokyo.example: override',
    ],
  ])('are looser where %s, in a group that may be acted on', (_, before, after, sentence) =>
    expect(differenceOf(terms(free, { assets: before }), terms(free, { assets: after })).looser.join('\n')).toContain(
      sentence,
    ),
  );
  it('are no looser when something else is said of a host, or of one address among others', () => {
    const two = [asset('a', ['servers'], ['web01.a.example']), asset('b', [], ['web01.b.example'])];
    expect(things({ assets: two }, { assets: two.map((one) => ({ ...one, owner: 'Zoe' })) })).toEqual({
      looser: [],
      tighter: [],
    });
    expect(
      things(
        { assets: [asset('a', ['servers'], ['10.0.0.1'])] },
        { assets: [asset('a', ['servers'], ['10.0.0.1']), asset('b', [], ['10.0.0.2'])] },
      ).looser,
    ).toEqual([]);
  });
  it('are no looser when a host comes under what holds back, nor for a person who was never excluded', () => {
    expect(things({ assets: [asset('web01', [])] }, { assets: [asset('web01', ['servers'])] })).toMatchObject({
      looser: [],
      tighter: [expect.stringContaining('web01')],
    });
    expect(things({ identities: [identity(['bob', 'b.jones'])] }, { identities: [identity(['bob'])] }).looser).toEqual(
      [],
    );
  });
  it('are looser where a holiday, or an hour, is one in which more may happen', () => {
    const atNight = { overrides: [override('night', { hours: 'OUT_OF_HOURS' })] };
    const hours = (before: BusinessCalendar, after: BusinessCalendar) =>
      differenceOf(terms(atNight, { calendar: before }), terms(atNight, { calendar: after })).looser;
    expect(hours(week('09:00', '17:00'), week('09:00', '16:59'))).toEqual([
      expect.stringContaining("hours that are business hours no more: override 'night'"),
    ]);
    expect(hours(week('09:00', '17:00'), week('09:00', '17:00', ['2026-12-25']))).toHaveLength(1);
    expect(hours(week('09:00', '17:00'), week('08:00', '18:00'))).toEqual([]);
    expect(hours(week('09:00', '17:00', ['2026-12-25']), week('09:00', '17:00'))).toEqual([]);
  });
});
