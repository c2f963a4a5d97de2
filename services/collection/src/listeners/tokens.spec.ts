import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { ingestVerifier } from './tokens.js';

const keys = generateKeyPair('EdDSA', { extractable: true });
const strangers = generateKeyPair('EdDSA', { extractable: true });

interface Claims {
  issuer?: string;
  audience?: string;
  expires?: string;
  pair?: typeof keys;
}

const token = async ({
  issuer = 'urn:partner:acme',
  audience = 'vigie',
  expires = '1h',
  pair = keys,
}: Claims = {}): Promise<string> =>
  new SignJWT({ sources: ['edr'], sub: 'a feed' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'k' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign((await pair).privateKey);

const verifier = async () => {
  const jwks = { keys: [{ ...(await exportJWK((await keys).publicKey)), kid: 'k' }] };
  return ingestVerifier(
    [
      { issuer: 'urn:operator', side: 'PROVIDER', jwks },
      { issuer: 'urn:partner:*', side: 'PARTNER', jwks },
      { issuer: 'urn:one', side: 'PARTNER', tenant: 'globex', jwks },
    ],
    () => Date.now(),
  );
};

describe('a token', () => {
  it('speaks for the tenant of its issuer and no other', async () => {
    const verify = await verifier();
    expect(await verify(await token())).toEqual({ tenant: 'acme', subject: 'a feed', sources: ['edr'] });
    expect(await verify(await token({ issuer: 'urn:one' }))).toEqual({
      tenant: 'globex',
      subject: 'a feed',
      sources: ['edr'],
    });
  });

  it.each<[string, Claims]>([
    ['of an operator', { issuer: 'urn:operator' }],
    ['of an unknown issuer', { issuer: 'urn:else:acme' }],
    ['of no tenant', { issuer: 'urn:partner:' }],
    ['for something else', { audience: 'other' }],
    ['that has expired', { expires: '-1h' }],
    ['signed by a stranger', { pair: strangers }],
  ])('%s is not taken', async (_name, claims) => {
    expect(await (await verifier())(await token(claims))).toBeUndefined();
  });

  it('that is none is not taken', async () => {
    expect(await (await verifier())('x.y.z')).toBeUndefined();
  });
});
