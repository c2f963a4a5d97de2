import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { callerVerifier, type CallerVerifier } from './tokens.js';

const NOW = Date.UTC(2026, 10, 2, 10, 0);
const HOUR_S = 3_600;
let verify: CallerVerifier;
let sign: (over?: { iss?: string; sub?: string; aud?: string; exp?: number; foreign?: boolean }) => Promise<string>;

beforeAll(async () => {
  const ours = await generateKeyPair('ES256');
  const foreign = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k' }] };
  verify = callerVerifier(
    [
      { issuer: 'op', side: 'PROVIDER', jwks },
      { issuer: 'customer:*', side: 'CUSTOMER', jwks },
      { issuer: 'partner:*', side: 'PARTNER', jwks },
    ],
    () => NOW,
  );
  sign = async ({ iss = 'op', sub = 'ada', aud = 'vigie', exp = NOW / 1_000 + HOUR_S, foreign: other = false } = {}) =>
    `Bearer ${await new SignJWT({ sub, tenant: 'globex' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(iss)
      .setAudience(aud)
      .setExpirationTime(exp)
      .sign(other ? foreign.privateKey : ours.privateKey)}`;
});

it('takes a good token of the wanted side', async () =>
  expect(await verify(await sign(), 'PROVIDER')).toEqual({
    subject: 'ada',
    side: 'PROVIDER',
    expiresAt: NOW + HOUR_S * 1_000,
  }));
it('takes the tenant of a customer from the issuer, never from a claim', async () =>
  expect(await verify(await sign({ iss: 'customer:acme' }), 'CUSTOMER')).toMatchObject({
    side: 'CUSTOMER',
    tenant: 'acme',
  }));
it.each([
  ['another side', { iss: 'customer:acme' }],
  ['a partner', { iss: 'partner:acme' }],
  ['another issuer', { iss: 'op2' }],
  ['another audience', { aud: 'else' }],
  ['an old one', { exp: NOW / 1_000 - 60 }],
  ['a foreign key', { foreign: true }],
  ['no subject', { sub: '' }],
])('refuses %s', async (_name, over) => expect(await verify(await sign(over), 'PROVIDER')).toBeUndefined());
it.each(['customer:', 'customer:Acme', 'customer:acme/x', 'customer:*'])(
  'refuses an issuer that names no tenant: %s',
  async (iss) => expect(await verify(await sign({ iss }))).toBeUndefined(),
);
it.each([
  undefined,
  '',
  'Bearer',
  'Basic x',
  'Bearer a.b.c',
  'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJvcCIsInN1YiI6ImFkYSIsImF1ZCI6InZpZ2llIiwiZXhwIjo5OTk5OTk5OTk5fQ.',
])('refuses what is no token: %s', async (text) => expect(await verify(text)).toBeUndefined());
