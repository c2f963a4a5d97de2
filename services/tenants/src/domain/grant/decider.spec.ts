import type { GrantRequest, GrantFact } from '#contracts';
import { OPERATOR } from '#libs/terms';
import { scenario } from '#libs/testing';
import { grantStream } from './decider.js';

const { given } = scenario(grantStream, { tenant: OPERATOR });
const give = { type: 'grant.give', subject: 'ada', role: 'ANALYST', tenants: ['acme', 'globex'] } as const;
const ask = (special: object = {}): GrantRequest => ({ ...give, tenants: [...give.tenants], ...special });
const given_ = (special: object = {}): GrantFact =>
  ({
    type: 'grant.given',
    subject: 'ada',
    role: 'ANALYST',
    tenants: ['acme'],
    by: { subject: 'root', side: 'SYSTEM' },
    at: 0,
    ...special,
  }) as GrantFact;
const admin = given_({ subject: 'olga', role: 'OPERATOR_ADMIN', tenants: ['*'] });

describe('a grant', () => {
  it('is given for tenants', () =>
    given()
      .when(ask())
      .thenLike({ type: 'grant.given', subject: 'ada', role: 'ANALYST', tenants: ['acme', 'globex'] }));
  it('says only what is new', () =>
    given(given_())
      .when(ask({ tenants: ['globex', 'acme', 'globex'] }))
      .thenLike({ type: 'grant.given', tenants: ['globex'] }));
  it('is given once', () =>
    given(given_())
      .when(ask({ tenants: ['acme'] }))
      .then());
  it('is of one role', () =>
    given(given_())
      .when(ask({ role: 'LEAD', tenants: ['acme'] }))
      .thenLike({ type: 'grant.given', role: 'LEAD' }));
  it('is revoked where it holds', () =>
    given(given_())
      .when(ask({ type: 'grant.revoke' }))
      .thenLike({ type: 'grant.revoked', tenants: ['acme'] }));
  it('for what is no tenant id any more is revoked, and not given', () => {
    const odd = given_({ tenants: ['acme-', 'acme'] });
    given(odd)
      .when(ask({ type: 'grant.revoke', tenants: ['acme-'] }))
      .thenLike({ type: 'grant.revoked', tenants: ['acme-'] });
    given(odd)
      .when(ask({ role: 'LEAD', tenants: ['acme-'] }))
      .refuses("'acme-' is no tenant id");
  });
  it('is revoked once', () =>
    given(given_(), given_({ type: 'grant.revoked' }))
      .when(ask({ type: 'grant.revoke' }))
      .then());
  it('may be given again', () =>
    given(given_(), given_({ type: 'grant.revoked' }))
      .when(ask({ tenants: ['acme'] }))
      .thenLike({ type: 'grant.given' }));
  it('for all tenants is for operator-admins', () => {
    given()
      .when(ask({ tenants: ['*'] }))
      .refuses('only an operator-admin');
    given()
      .when(ask({ tenants: ['*'], role: 'OPERATOR_ADMIN' }))
      .thenLike({ type: 'grant.given', tenants: ['*'] });
  });
  it('of the last operator-admin stays', () => {
    const revoke = ask({ type: 'grant.revoke', subject: 'olga', role: 'OPERATOR_ADMIN', tenants: ['*'] });
    given(admin).when(revoke).refuses('the last operator-admin stays');
    given(admin, given_({ subject: 'oleg', role: 'OPERATOR_ADMIN', tenants: ['*'] }))
      .when(revoke)
      .thenLike({ type: 'grant.revoked', subject: 'olga' });
  });
  it.each([
    [{ role: 'PARTNER' }, 'credentials of their own'],
    [{ role: 'SERVICE' }, 'credentials of their own'],
    [{ tenants: [] }, '1 to 1,000 tenants'],
    [{ tenants: ['A B'] }, 'is no tenant id'],
    [{ subject: ' ' }, 'subject is empty'],
  ])('is refused with %j', (wrong, sentence) => given().when(ask(wrong)).refuses(sentence));
  it('is not a customer’s to give', () =>
    given()
      .when(ask(), { actor: { subject: 'carol', side: 'CUSTOMER' } })
      .refuses('only the provider'));
  it('is given by those who administer each of its tenants', () => {
    const partly = { roles: ['OPERATOR_ADMIN@acme'] };
    given()
      .when(ask({ tenants: ['acme'] }), partly)
      .thenLike({ type: 'grant.given', tenants: ['acme'] });
    given()
      .when(ask({ tenants: ['acme', 'globex'] }), partly)
      .refuses('grants for globex are given by those who administer it');
    given(given_())
      .when(ask({ type: 'grant.revoke' }), partly)
      .refuses('grants for globex');
    given()
      .when(ask({ tenants: ['*'], role: 'OPERATOR_ADMIN' }), partly)
      .refuses('those who administer it');
  });
  it('is given in the operator’s scope', () => given().when(ask(), { tenant: 'acme' }).refuses('scope _operator'));
  it('of subjects with odd names is like any other', () =>
    given(given_({ subject: '__proto__' }))
      .when(ask({ subject: '__proto__', tenants: ['acme'] }))
      .then());
});
