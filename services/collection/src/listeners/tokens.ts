import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';

/** What a partner's token permits. */
export interface Permit {
  tenant: string;
  /** Names of sources; empty for every registered source of the tenant. */
  sources: string[];
}

/** @returns undefined for a token that is not good, for whatever reason. */
export type Verifier = (token: string) => Promise<Permit | undefined>;

/** Who signs tokens: `*` in the issuer stands for the tenant, so that no issuer speaks for another tenant. */
export interface TokenIssuer {
  issuer: string;
  side: string;
  /** For an issuer without `*`. */
  tenant?: string;
  jwks: JSONWebKeySet;
}

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];
const TENANT = /^[a-z0-9-]{2,32}$/;

/** The tenant an issuer speaks for, when it is this one. */
const tenantOf = ({ issuer, tenant }: TokenIssuer, said: string): string | undefined => {
  if (!issuer.endsWith('*')) return said === issuer ? tenant : undefined;
  const rest = said.startsWith(issuer.slice(0, -1)) ? said.slice(issuer.length - 1) : '';
  return TENANT.test(rest) ? rest : undefined;
};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/**
 * Verifies partners' tokens: a JWT of an issuer of side PARTNER for the audience `vigie`, with an expiry. The tenant
 * follows from the issuer, `sources` from the token.
 */
export const tokenVerifier = (issuers: TokenIssuer[]): Verifier => {
  const partners = issuers
    .filter(({ side }) => side === 'PARTNER')
    .map((one) => ({ ...one, find: createLocalJWKSet(one.jwks) }));
  return async (token) => {
    try {
      const said = decodeJwt(token).iss ?? '';
      for (const partner of partners) {
        const tenant = tenantOf(partner, said);
        if (tenant === undefined) continue;
        const { payload } = await jwtVerify(token, partner.find, {
          algorithms: ALGORITHMS,
          issuer: said,
          audience: 'vigie',
          requiredClaims: ['exp'],
        });
        return { tenant, sources: strings(payload.sources) };
      }
      return undefined;
    } catch {
      return undefined;
    }
  };
};
