import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';

/** What a partner's token permits. */
export interface Permit {
  tenant: string;
  /** Names of sources; empty for every registered source of the tenant. */
  sources: string[];
}

/** @returns undefined for a token that is not good, for whatever reason. */
export type Verifier = (token: string) => Promise<Permit | undefined>;

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []);

/**
 * Verifies partners' tokens: a signed JWT with an expiry, `tenant`, the role PARTNER in `role` or `roles`, and `sources`.
 * @param keys keys of the issuers, as a JWK set.
 */
export const tokenVerifier = (keys: JSONWebKeySet): Verifier => {
  const find = createLocalJWKSet(keys);
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, find, { algorithms: ALGORITHMS, requiredClaims: ['exp'] });
      const roles = [...strings(payload.roles), payload.role];
      if (!roles.includes('PARTNER') || typeof payload.tenant !== 'string') return undefined;
      return { tenant: payload.tenant, sources: strings(payload.sources) };
    } catch {
      return undefined;
    }
  };
};
