import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';

/** An Ed25519 key pair as JWKs; `kid` names its owner. */
export interface SigningKeyPair {
  secret: JWK & { kid: string };
  public: JWK & { kid: string };
}

export const newKeyPair = async (kid: string): Promise<SigningKeyPair> => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return {
    secret: { ...(await exportJWK(privateKey)), kid },
    public: { ...(await exportJWK(publicKey)), kid },
  } as SigningKeyPair;
};

export const ISSUER = {
  operator: 'urn:vigie:dev:operator',
  customer: 'urn:vigie:dev:customer:',
  partner: 'urn:vigie:dev:partner:',
} as const;

export type TokenHolder =
  | { kind: 'operator'; subject: string }
  | { kind: 'customer'; subject: string; tenant: string }
  | { kind: 'partner'; subject: string; tenant: string; sources: readonly string[] };

/** A development token, as an identity provider would sign it: it identifies; grants are facts. */
export const signToken = async (key: JWK & { kid: string }, who: TokenHolder, hours = 12): Promise<string> => {
  const issuer = who.kind === 'operator' ? ISSUER.operator : `${ISSUER[who.kind]}${who.tenant}`;
  return new SignJWT(who.kind === 'partner' ? { sources: who.sources } : {})
    .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
    .setIssuer(issuer)
    .setSubject(who.subject)
    .setAudience('vigie')
    .setIssuedAt()
    .setExpirationTime(`${hours}h`)
    .sign(await importJWK(key, 'EdDSA'));
};

/** TOKEN_ISSUERS as gateway and collection read it; `*` stands for the tenant. */
export const tokenIssuers = (key: JWK): string =>
  JSON.stringify([
    { issuer: ISSUER.operator, side: 'PROVIDER', jwks: { keys: [key] } },
    { issuer: `${ISSUER.customer}*`, side: 'CUSTOMER', jwks: { keys: [key] } },
    { issuer: `${ISSUER.partner}*`, side: 'PARTNER', jwks: { keys: [key] } },
  ]);
