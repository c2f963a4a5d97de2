import type { TenantRequest } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { testContext } from '#libs/testing';
import {
  after,
  asset,
  carol,
  contact,
  given,
  identity,
  lastState,
  onboard,
  onboarded,
  policy,
  setPolicy,
} from '../../../test/requests.js';

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
  it.each(['-acme', 'a', 'Acme', 'a_b', OPERATOR])('cannot be called %s', (tenant) =>
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
it('the known actor and time are those of the decision', () =>
  expect(onboarded[0]).toMatchObject({ by: testContext.actor, at: testContext.now }));
