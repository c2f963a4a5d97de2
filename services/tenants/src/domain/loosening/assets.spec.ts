import type { Asset, BusinessCalendar, Identity } from '#contracts';
import { override, terms, week } from '../../../test/terms.js';
import { type TenantTerms, differenceOf } from './index.js';

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
