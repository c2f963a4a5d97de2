import type {
  Asset,
  GrantGive,
  GrantGiven,
  TenantConfirmPolicy,
  TenantOnboard,
  ResponseMode,
  TenantOnboarded,
  TenantPolicyProposed,
  TenantPage,
  TenantPolicySet,
  TenantSetPolicy,
  TenantState,
} from '#contracts';
import { OPERATOR } from '#libs/terms';
import { startWorld, type World } from '#libs/testing';
import { tenants } from '../src/tenants.module.js';

const onboard = (tenantId: string): TenantOnboard => ({
  type: 'tenant.onboard',
  tenantId,
  name: `The ${tenantId} company`,
  prefix: tenantId.toUpperCase(),
  language: 'EN',
  timeZone: 'Asia/Tokyo',
  tier: 'MDR',
  providerType: 'MIXED',
  assets: [],
  identities: [],
});
const setPolicy = (mode: ResponseMode): TenantSetPolicy => ({
  type: 'tenant.set-policy',
  policy: {
    version: 0,
    mode,
    overrides: [],
    exclusions: [{ entity: 'host:dc01', reason: 'never' }],
    approvalMinutes: 30,
    unreachableClasses: [],
    guards: { criticalAssets: true, privilegedIdentities: true, minConfidence: 60, hostsPerHour: 10, hostsPercent: 5 },
  },
});
const grace = { subject: 'grace', side: 'PROVIDER' as const };
const PROPOSAL = '22222222-2222-5222-8222-222222222222';
const REQUEST = '11111111-1111-5111-8111-111111111111';

describe('tenants, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([tenants]);
  });
  afterAll(async () => world?.stop());
  const modes = (tenant: string): ResponseMode[] =>
    world.heard<TenantState>('tenant.state', tenant).map(({ message }) => message.policy.mode);
  const versions = (tenant: string): number[] =>
    world.heard<TenantState>('tenant.state', tenant).map(({ message }) => message.version);

  it('takes on two customers, each with its full form on the compacted topic', async () => {
    for (const tenant of ['acme', 'globex']) {
      expect(await world.ask(tenant, onboard(tenant), tenant === 'acme' ? { id: REQUEST } : {})).toMatchObject({
        outcome: 'DONE',
        streamId: `tenant/${tenant}`,
      });
      await world.until(`the form of ${tenant}`, () => versions(tenant).length === 1);
      expect(world.heard<TenantState>('tenant.state', tenant)[0]?.message).toMatchObject({
        tenantId: tenant,
        name: `The ${tenant} company`,
        policy: { mode: 'NOTIFY' },
      });
    }
  });

  it('answers the same request with the same answer and writes nothing again', async () => {
    expect(await world.ask('acme', onboard('acme'), { id: REQUEST })).toMatchObject({ outcome: 'DONE', version: 1 });
    expect(await world.ask('acme', onboard('acme'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect(world.heard<TenantOnboarded>('tenant.onboarded', 'acme')).toHaveLength(1);
  });

  it('changes one customer and not the other', async () => {
    expect(await world.ask('acme', setPolicy('NOTIFY'))).toMatchObject({ outcome: 'DONE' });
    await world.until('the new form', () => versions('acme').includes(2));
    expect(versions('globex')).toEqual([1]);
  });

  it('lets more happen only once a second person agrees, and for the customer it was asked for', async () => {
    const asked = { id: PROPOSAL };
    expect(await world.ask('acme', setPolicy('AUTHORIZE'), asked)).toMatchObject({ outcome: 'DONE', version: 3 });
    expect(await world.ask('acme', setPolicy('AUTHORIZE'), asked)).toMatchObject({ outcome: 'DONE', version: 3 });
    const confirm: TenantConfirmPolicy = { type: 'tenant.confirm-policy', proposalId: PROPOSAL };
    expect(await world.ask('acme', confirm)).toMatchObject({ outcome: 'REFUSED', code: 'SAME_PERSON' });
    expect(await world.ask('globex', confirm, { actor: grace })).toMatchObject({
      outcome: 'REFUSED',
      code: 'NO_PROPOSAL',
    });
    await world.until('the proposal', () => versions('acme').includes(3));
    expect(modes('acme')).toEqual(['NOTIFY', 'NOTIFY', 'NOTIFY']);
    expect(await world.ask('acme', confirm, { actor: grace })).toMatchObject({ outcome: 'DONE', version: 4 });
    await world.until('the policy', () => modes('acme').includes('AUTHORIZE'));
    expect(world.heard<TenantPolicyProposed>('tenant.policy-proposed', 'acme')).toHaveLength(1);
    expect(world.heard<TenantPolicySet>('tenant.policy-set', 'acme').at(-1)?.message).toMatchObject({
      proposedBy: { subject: 'ada' },
      by: { subject: 'grace' },
      looser: ['the default: the provider acts, where before the provider only guides'],
    });
    expect(modes('globex')).toEqual(['NOTIFY']);
  });

  it('refuses in a sentence, writing nothing', async () => {
    const answer = await world.ask('acme', {
      type: 'tenant.set-connector',
      connector: { vendor: 'x', baseUrl: 'https://x.example', secretRef: 'eyJhbGciOi', account: '' },
    });
    expect(answer).toMatchObject({ outcome: 'REFUSED', streamId: '' });
    expect(answer.message).toContain('looks like a secret');
    expect(await world.ask('initech', onboard('globex'))).toMatchObject({ outcome: 'REFUSED', code: 'TENANT_DIFFERS' });
    expect(versions('initech')).toEqual([]);
  });

  it('gives grants in the scope of the operator', async () => {
    const give: GrantGive = { type: 'grant.give', subject: 'ada', role: 'ANALYST', tenants: ['acme'] };
    expect(await world.ask(OPERATOR, give)).toMatchObject({ outcome: 'DONE', streamId: 'grant/_operator' });
    await world.until('the grant', () => world.heard<GrantGiven>('grant.given', OPERATOR).length === 1);
  });

  const ASSETS = 50_000;
  const assetAt = (index: number, unit = ''): Asset => ({
    ...{ assetId: `asset-${index}`, hostnames: [`ws${index}.initrode.example`], criticality: 'LOW', owner: 'it', unit },
    ...{ exposure: 'internal', groups: ['workstations'] },
  });
  const register = (assets: Asset[]): Promise<unknown> =>
    world.ask('initrode', { type: 'tenant.register-assets', assets, identities: [] });
  const pages = (tenant: string): TenantPage[] =>
    world.heard<TenantPage>('tenant.page', tenant).map(({ message }) => message);
  const formOf = (tenant: string): TenantState | undefined => world.services.tenants?.runtime.settings.get(tenant);

  it('carries 50,000 assets as pages to every reader, one that starts late too, and a change as one page', async () => {
    await world.ask('initrode', onboard('initrode'));
    for (let from = 0; from < ASSETS; from += 2_000)
      expect(await register(Array.from({ length: 2_000 }, (_, at) => assetAt(from + at)))).toMatchObject({
        outcome: 'DONE',
      });
    await world.until('the whole form', () => formOf('initrode')?.assets.length === ASSETS);
    const said = pages('initrode').length;
    expect(await register([assetAt(49_999, 'moved')])).toMatchObject({ outcome: 'DONE' });
    await world.until('the change', () => formOf('initrode')?.assets[49_999]?.unit === 'moved');
    expect(pages('initrode').length - said).toBe(1);
    expect(world.heard<TenantState>('tenant.state', 'initrode').at(-1)?.message.assets).toEqual([]);
    await world.restart('tenants');
    expect(formOf('initrode')?.assets.map(({ assetId }) => assetId)).toEqual(
      Array.from({ length: ASSETS }, (_, index) => `asset-${index}`),
    );
    expect([formOf('initrode')?.assets[49_999]?.unit, formOf('acme')?.assets, pages('acme')]).toEqual([
      'moved',
      [],
      [],
    ]);
  });

  it('says nothing new when everything is delivered once more', async () => {
    const all = () => [
      ...[versions('acme'), versions('globex'), versions('initrode'), pages('initrode').length],
      world.heard('grant.given', OPERATOR).length,
    ];
    const before = all();
    await world.rewind('tenants', 'requests');
    expect(await world.ask('globex', onboard('globex'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await world.ask('acme', onboard('acme'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await register([assetAt(49_999, 'moved')])).toMatchObject({ outcome: 'UNCHANGED' });
    expect(all()).toEqual(before);
    expect(world.deadLetters('tenants')).toEqual([]);
  });
});
