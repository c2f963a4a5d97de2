import type { Asset, Connector, Identity, TenantRequest } from '#contracts';
import { after, asset, given, identity, lastState, onboarded } from '../../../test/requests.js';

const register = (assets: Asset[], identities: Identity[] = []): TenantRequest => ({
  type: 'tenant.register-assets',
  assets,
  identities,
});
const connector = (special: Partial<Connector> = {}): TenantRequest => ({
  type: 'tenant.set-connector',
  connector: { vendor: 'defender', baseUrl: 'https://edr.example/', secretRef: 'acme-edr', account: 'a', ...special },
});
const source = (name: string, special = {}): TenantRequest => ({
  type: 'tenant.register-source',
  source: { name, kind: 'WINDOWS', silentAfterMinutes: 60, receipts: false, ...special },
});
const remove = (name: string): TenantRequest => ({ type: 'tenant.remove-source', source: name });

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
  it('are so many in a request at most that what comes of it fits into a commit', () =>
    given(...onboarded)
      .when(register(Array.from({ length: 2_001 }, (_, index) => asset(`a${index}`, [`h${index}`]))))
      .refuses('at most 2000'));
});
describe('sources and connectors', () => {
  it('of telemetry are updated by name', () =>
    expect(lastState(after(source('edr'), source('edr', { silentAfterMinutes: 5, receipts: false }))).sources).toEqual([
      { name: 'edr', kind: 'WINDOWS', silentAfterMinutes: 5, receipts: false },
    ]));
  it('keep their format', () =>
    given(...after(source('edr')))
      .when(source('edr', { kind: 'OKTA' }))
      .refuses('source edr is WINDOWS'));
  it('that are removed are expected no more, and keep their format', () => {
    const gone = after(source('edr'), source('dns'), remove('edr'));
    expect(lastState(gone).sources.map(({ name }) => name)).toEqual(['dns']);
    given(...gone)
      .when(remove('edr'))
      .then();
    given(...gone)
      .when(source('edr', { kind: 'OKTA' }))
      .refuses('source edr is WINDOWS');
    const back = after(source('edr'), remove('edr'), source('edr'));
    expect(lastState(back).sources.map(({ name }) => name)).toEqual(['edr']);
  });
  it('that never were cannot be removed', () =>
    given(...onboarded)
      .when(remove('edr'))
      .refuses('there is no source edr'));
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
