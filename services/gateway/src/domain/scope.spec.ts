import { OPERATOR } from '#libs/terms';
import { may, rolesAt, scopeOf, signedRoles, within, type Caller, type Granted } from './scope.js';

const KNOWN = ['acme', 'globex', 'initech'];
const provider: Caller = { subject: 'ada', side: 'PROVIDER', expiresAt: 1 };
const customer: Caller = { subject: 'carol', side: 'CUSTOMER', tenant: 'acme', expiresAt: 1 };
const seen = (caller: Caller, granted: Granted): string[] => scopeOf(caller, granted, KNOWN).tenants;

describe('staff of the provider', () => {
  it('see nothing without a grant', () => expect(seen(provider, {})).toEqual([]));
  it('see the tenants of their grants, of all roles together', () =>
    expect(seen(provider, { ANALYST: ['globex'], HUNTER: ['acme'] })).toEqual(['acme', 'globex']));
  it('see their tenants though a grant names what is none any more', () =>
    expect(seen(provider, { ANALYST: ['acme-', 'globex'] })).toEqual(['globex']));
  it('see everything as operator-admin of all', () => expect(seen(provider, { OPERATOR_ADMIN: ['*'] })).toEqual(KNOWN));
  it('do not see everything by any other role', () =>
    expect(seen(provider, { ANALYST: ['*'], LEAD: ['*'] })).toEqual([]));
  it('gain nothing from the grants of a customer of the same name', () =>
    expect(seen(provider, { CUSTOMER_ADMIN: ['acme'] })).toEqual([]));
});

describe('people of a customer', () => {
  it('see their tenant', () => expect(seen(customer, { CUSTOMER_VIEWER: ['acme'] })).toEqual(['acme']));
  it('see no other tenant, whatever is granted to that name', () =>
    expect(seen(customer, { CUSTOMER_ADMIN: ['globex', '*'] })).toEqual([]));
  it('gain nothing from the grants of an analyst of the same name', () =>
    expect(seen(customer, { ANALYST: ['acme'], OPERATOR_ADMIN: ['*'] })).toEqual([]));
});

it('roles hold for the tenants they are granted for', () => {
  const scope = scopeOf(provider, { ANALYST: ['acme'], OPERATOR_ADMIN: ['globex'] }, KNOWN);
  expect(may(scope, ['ANALYST', 'LEAD'], 'acme')).toBe(true);
  expect(may(scope, ['ANALYST', 'LEAD'], 'globex')).toBe(false);
  expect(may(scope, ['OPERATOR_ADMIN'], '*')).toBe(false);
  expect(rolesAt(scope, 'globex')).toEqual(['OPERATOR_ADMIN']);
  expect(within(scope, ['globex', 'initech'])).toEqual(['globex']);
  expect(within(scope, [])).toEqual([]);
});

describe('what is signed for somebody', () => {
  const partly = scopeOf(provider, { ANALYST: ['acme'], OPERATOR_ADMIN: ['acme', 'globex'] }, KNOWN);
  it('are the roles for the tenant', () => expect(signedRoles(partly, 'acme')).toEqual(['ANALYST', 'OPERATOR_ADMIN']));
  it('is nothing for a tenant without a grant', () => expect(signedRoles(partly, 'initech')).toEqual([]));
  it('is the administration of the named tenants, where none in particular is concerned', () =>
    expect(signedRoles(partly, OPERATOR, ['globex', 'initech'])).toEqual(['OPERATOR_ADMIN@globex']));
  it('is that of all tenants for those who administer all', () =>
    expect(signedRoles(scopeOf(provider, { OPERATOR_ADMIN: ['*'] }, KNOWN), OPERATOR, ['globex'])).toEqual([
      'OPERATOR_ADMIN',
    ]));
});
