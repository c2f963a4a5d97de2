import type { GrantGiven, OnboardTenant, TenantOnboarded, TenantState } from '#contracts';
import { startWorld, type World } from '#libs/testing';
import { tenants } from '../src/tenants.module.js';

const onboard = (tenantId: string): OnboardTenant => ({
  type: 'tenant.onboard', tenantId, name: `The ${tenantId} company`, prefix: tenantId.toUpperCase(), language: 'EN', timeZone: 'Asia/Tokyo', tier: 'MDR', providerType: 'MIXED',
});
const REQUEST = '11111111-1111-5111-8111-111111111111';

describe('tenants, Kafka in and Kafka out', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([tenants]);
  });
  afterAll(async () => world?.stop());
  const versions = (tenant: string): number[] => world.heard<TenantState>('tenant.state', tenant).map(({ message }) => message.version);

  it('takes on two customers, each with its full form on the compacted topic', async () => {
    for (const tenant of ['acme', 'globex']) {
      expect(await world.ask(tenant, onboard(tenant), tenant === 'acme' ? { id: REQUEST } : {})).toMatchObject({ outcome: 'DONE', streamId: `tenant/${tenant}` });
      await world.until(`the form of ${tenant}`, () => versions(tenant).length === 1);
      expect(world.heard<TenantState>('tenant.state', tenant)[0]?.message).toMatchObject({ tenantId: tenant, name: `The ${tenant} company`, policy: { mode: 'NOTIFY' } });
    }
  });

  it('answers the same request with the same answer and writes nothing again', async () => {
    expect(await world.ask('acme', onboard('acme'), { id: REQUEST })).toMatchObject({ outcome: 'DONE', version: 1 });
    expect(await world.ask('acme', onboard('acme'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect(world.heard<TenantOnboarded>('tenant.onboarded', 'acme')).toHaveLength(1);
  });

  it('changes one customer and not the other', async () => {
    const policy = { version: 0, mode: 'AUTHORIZE' as const, overrides: [], exclusions: [{ entity: 'host:dc01', reason: 'never' }], approvalMinutes: 30, unreachableClasses: [] };
    expect(await world.ask('acme', { type: 'tenant.set-policy', policy } as never)).toMatchObject({ outcome: 'DONE' });
    await world.until('the new form', () => versions('acme').includes(2));
    expect(versions('globex')).toEqual([1]);
  });

  it('refuses in a sentence, writing nothing', async () => {
    const answer = await world.ask('acme', { type: 'tenant.set-connector', connector: { vendor: 'x', baseUrl: 'https://x.example', secretRef: 'eyJhbGciOi', account: '' } } as never);
    expect(answer).toMatchObject({ outcome: 'REFUSED', streamId: '' });
    expect(answer.message).toContain('looks like a secret');
    expect(await world.ask('initech', onboard('globex'))).toMatchObject({ outcome: 'REFUSED', code: 'TENANT_DIFFERS' });
    expect(versions('initech')).toEqual([]);
  });

  it('gives grants in the scope of the operator', async () => {
    const give = { type: 'grant.give', subject: 'ada', role: 'ANALYST', tenants: ['acme'] } as never;
    expect(await world.ask('_operator', give)).toMatchObject({ outcome: 'DONE', streamId: 'grant/_operator' });
    await world.until('the grant', () => world.heard<GrantGiven>('grant.given', '_operator').length === 1);
  });

  it('says nothing new when everything is delivered once more', async () => {
    const before = [versions('acme'), versions('globex'), world.heard('grant.given', '_operator').length];
    await world.rewind('tenants', 'requests');
    expect(await world.ask('globex', onboard('globex'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect(await world.ask('acme', onboard('acme'))).toMatchObject({ outcome: 'UNCHANGED' });
    expect([versions('acme'), versions('globex'), world.heard('grant.given', '_operator').length]).toEqual(before);
    expect(world.deadLetters('tenants')).toEqual([]);
  });
});
