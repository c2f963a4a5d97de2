import { readConfig } from './config.js';
import { tokenIssuerList } from './tokens.js';

const jwks = { keys: [{ kty: 'OKP' }] };
const read = (...issuers: object[]) => tokenIssuerList.safeParse(JSON.stringify(issuers)).success;

it('takes issuers that speak for one tenant each, and the one of the provider', () =>
  expect(
    read(
      { issuer: 'urn:op', side: 'PROVIDER', jwks },
      { issuer: 'urn:customer:*', side: 'CUSTOMER', jwks },
      { issuer: 'https://idp.globex.example', side: 'PARTNER', tenant: 'globex', jwks },
    ),
  ).toBe(true));
it.each([
  ['no side', { issuer: 'urn:p:*', jwks }],
  ['a side there is not', { issuer: 'urn:p:*', side: 'PARNTER', jwks }],
  ['no keys', { issuer: 'urn:p:*', side: 'PARTNER', jwks: { keys: [] } }],
  ['a key without a kind', { issuer: 'urn:p:*', side: 'PARTNER', jwks: { keys: [{}] } }],
  ['no issuer', { side: 'PARTNER', jwks }],
  ['an issuer that speaks for anybody', { issuer: '*', side: 'PARTNER', jwks }],
  ['a partner of no tenant', { issuer: 'urn:p', side: 'PARTNER', jwks }],
  ['a customer of no tenant', { issuer: 'urn:c', side: 'CUSTOMER', jwks }],
  ['a partner of two tenants', { issuer: 'urn:p:*', side: 'PARTNER', tenant: 'acme', jwks }],
  ['a partner of what is no tenant', { issuer: 'urn:p', side: 'PARTNER', tenant: 'A/*', jwks }],
  ['a provider of a tenant', { issuer: 'urn:op:*', side: 'PROVIDER', jwks }],
])('does not start with %s', (_name, issuer) => expect(read(issuer)).toBe(false));
it('does not start with what is no JSON, and says where', () =>
  expect(() => readConfig({ TOKEN_ISSUERS: tokenIssuerList }, { TOKEN_ISSUERS: '[' })).toThrow(
    'TOKEN_ISSUERS: is not JSON',
  ));
