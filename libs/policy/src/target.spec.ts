import type { ActionTarget, Asset, Identity } from '#contracts';
import { targetKnown } from './target.js';

const asset = (assetId: string, hostnames: string[], groups: string[]): Asset => ({
  assetId,
  hostnames,
  criticality: 'HIGH',
  owner: '',
  unit: '',
  exposure: '',
  groups,
});
const assets = [
  asset('desk', ['wks-014.acme.example', 'wks-014'], ['workstations']),
  asset('dc', ['dc01.acme.example'], ['servers']),
  asset('printer', ['printer7', '10.0.0.7'], ['printers']),
  asset('left', ['app.a.example'], ['servers']),
  asset('right', ['app.b.example'], ['workstations']),
];
const identities: Identity[] = [
  {
    identityId: 'ceo',
    names: ['ada@acme.example', 'chief@acme.example'],
    criticality: 'CRITICAL',
    unit: '',
    privileged: true,
  },
];
const host = (id: string, entity = `host:${id.toLowerCase()}`): ActionTarget => ({ kind: 'HOST', id, entity });

describe('the groups of a target', () => {
  it.each<[string, ActionTarget, string[], string[][]]>([
    ['by its full name', host('wks-014.acme.example'), [], [['workstations']]],
    ['by its short name', host('WKS-014'), [], [['workstations']]],
    ['by a short name of a full one', host('dc01'), [], [['servers']]],
    ['with a dot at its end', host('dc01.acme.example.'), [], [['servers']]],
    ['also by what the vendor calls it', host('dc01'), ['1e5b', 'dc01.acme.example', '10.9.9.9'], [['servers']]],
    ['are none of the unknown', host('nobody'), [], [[]]],
    ['are none of a host of that name in another domain', host('dc01.other.example'), [], [[]]],
    [
      'are in doubt where one of that name in another domain is registered by its short name, too',
      host('wks-014.other.example'),
      [],
      [[], ['workstations']],
    ],
    [
      'are in doubt where the vendor knows it in another domain',
      host('dc01'),
      ['dc01.other.example'],
      [[], ['servers']],
    ],
    ['are in doubt for an address', host('10.0.0.7'), [], [[], ['printers']]],
    [
      'are in doubt where the vendor finds it at the address of another',
      host('wks-014'),
      ['10.0.0.7'],
      [[], ['workstations'], ['printers']],
    ],
    ['are in doubt for a short name that two have', host('app'), [], [[], ['servers'], ['workstations']]],
    [
      'are in doubt where id and entity are of two',
      host('dc01', 'host:wks-014'),
      [],
      [[], ['servers'], ['workstations']],
    ],
  ])('%s', (_, target, names, perhaps) =>
    expect(
      targetKnown(target, names, { assets, identities }).perhaps.map((groups) =>
        groups.filter((group) => !group.startsWith('asset:')),
      ),
    ).toEqual(perhaps),
  );

  it('are beside those it is registered with the asset itself, for an override of it alone', () =>
    expect(targetKnown(host('dc01'), [], { assets, identities }).perhaps).toEqual([['servers', 'asset:dc']]));

  it('are none of a user', () =>
    expect(targetKnown({ kind: 'USER', id: 'dc01', entity: 'user:dc01' }, [], { assets, identities })).toMatchObject({
      groups: [],
      perhaps: [[]],
    }));
});

describe('what a guard asks about a target', () => {
  const critical = assets.map((one) => (one.assetId === 'dc' ? { ...one, criticality: 'CRITICAL' as const } : one));
  const known = (target: ActionTarget, names: string[] = []) =>
    targetKnown(target, names, { assets: critical, identities }).target;
  it.each<[string, ActionTarget, string[], boolean]>([
    ['as registered', host('dc01.acme.example'), [], true],
    ['by its short name', host('dc01'), [], true],
    ['by one of several names that the vendor tells', host('nobody'), ['m2', 'dc01.acme.example'], true],
    ['in doubt, as the vendor knows it in another domain, too', host('dc01'), ['dc01.other.example'], true],
    ['not where it is another', host('wks-014'), [], false],
  ])('is whether it may be critical: %s', (_, target, names, is) => expect(known(target, names).critical).toBe(is));
  it('is whether it may be a privileged identity, and what else is critical', () => {
    const user = (id: string): ActionTarget => ({ kind: 'USER', id, entity: `user:${id}` });
    expect(known(user('ada@acme.example'))).toMatchObject({ privileged: true, critical: true });
    expect(known(user('acme\\ada'))).toMatchObject({ privileged: true, critical: true });
    expect(known(user('eve@acme.example'))).toMatchObject({ privileged: false, critical: false });
  });
});

it('is known by the names that are registered with it', () => {
  expect(targetKnown(host('wks-014'), [], { assets, identities }).target.names).toContain('wks-014.acme.example');
  expect(
    targetKnown({ kind: 'USER', id: 'ada', entity: 'user:ada' }, [], { assets, identities }).target.names,
  ).toContain('chief@acme.example');
});
