import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { z } from 'zod';
import { isTenant, TENANT_NAME_RULE } from '#libs/terms';
import { parsedJson } from './config.js';

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];
const JWT = /^[\w-]+(\.[\w-]+){2}$/;
const LONGEST_TOKEN = 8_192;
const LONGEST_SUBJECT = 200;
/** What clocks may differ by; a token that has ended has ended by ours. */
const CLOCKS_DIFFER_S = 5;

/** Who signs tokens, and whom they may speak for. */
export interface TokenIssuer {
  issuer: string;
  side: 'PROVIDER' | 'CUSTOMER' | 'PARTNER';
  tenant?: string;
  jwks: JSONWebKeySet;
}

const tokenIssuer = z
  .object({
    issuer: z.string().min(2),
    side: z.enum(['PROVIDER', 'CUSTOMER', 'PARTNER']),
    tenant: z.string().refine(isTenant, TENANT_NAME_RULE).optional(),
    jwks: z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) }),
  })
  .refine(({ issuer, side, tenant }) => {
    const [starred, named] = [issuer.endsWith('*'), tenant !== undefined];
    return side === 'PROVIDER' ? !starred && !named : starred !== named;
  }, 'must end in *, which stands for the tenant, or name a tenant; that of the provider does neither');

/**
 * Who signs tokens: `[{ issuer, side, tenant?, jwks }]`. The issuer of a customer or a partner speaks for one tenant
 * alone: the one that stands for the `*` at its end, or `tenant`.
 */
export const tokenIssuerList = parsedJson.pipe(z.array(tokenIssuer));

/** Whom a good token identifies; what he may do is not for the token to say. */
export interface TokenBearer {
  subject: string;
  side: TokenIssuer['side'];
  /** Follows from the issuer, never from a claim; none for the provider's people. */
  tenant?: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  claims: JWTPayload;
}

/** @returns undefined for a token that is not good, for whatever reason. */
export type TokenVerifier = (token: string) => Promise<TokenBearer | undefined>;

/** The tenant an issuer speaks for (null for the provider's), or undefined when it is another issuer. */
const tenantFrom = ({ issuer, tenant }: TokenIssuer, said: string): string | null | undefined => {
  if (!issuer.endsWith('*')) return said === issuer ? (tenant ?? null) : undefined;
  const rest = said.startsWith(issuer.slice(0, -1)) ? said.slice(issuer.length - 1) : '';
  return isTenant(rest) ? rest : undefined;
};

/**
 * Verifies tokens at every door of ours: a JWT for the audience `vigie` with subject and expiry, signed by a key of its
 * issuer.
 * @param issuers of the sides that the door is for: tokens of others open nothing.
 * @param now epoch milliseconds.
 */
export const tokenVerifier = (issuers: readonly TokenIssuer[], now: () => number): TokenVerifier => {
  const known = issuers.map((one) => ({ ...one, find: createLocalJWKSet(one.jwks) }));
  const verified = async (token: string): Promise<TokenBearer | undefined> => {
    const said = decodeJwt(token).iss ?? '';
    for (const one of known) {
      const tenant = tenantFrom(one, said);
      if (tenant === undefined) continue;
      const { payload: claims } = await jwtVerify(token, one.find, {
        algorithms: ALGORITHMS,
        issuer: said,
        audience: 'vigie',
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now()),
        clockTolerance: CLOCKS_DIFFER_S,
      });
      const subject: unknown = claims.sub;
      const expiresAt = (claims.exp ?? 0) * 1_000;
      if (typeof subject !== 'string' || subject === '' || subject.length > LONGEST_SUBJECT) return undefined;
      if (expiresAt <= now()) return undefined;
      return { subject, side: one.side, ...(tenant === null ? {} : { tenant }), expiresAt, claims };
    }
    return undefined;
  };
  return async (token) => {
    if (token.length > LONGEST_TOKEN || !JWT.test(token)) return undefined;
    return verified(token).catch(() => undefined);
  };
};
