import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { TokenIssuer } from '../config.js';
import type { Caller } from '../domain/scope.js';

/** @returns undefined for a token that is not good for that side, for whatever reason. */
export type Verifier = (authorization: string | undefined, side?: Caller['side']) => Promise<Caller | undefined>;

const ALGORITHMS = ['EdDSA', 'ES256', 'RS256'];
const TENANT = /^[a-z0-9-]{2,32}$/;
const TOKEN_BYTES = 16_384;

/** The tenant an issuer speaks for; empty for an issuer of no tenant; undefined when it is another issuer. */
const tenantOf = ({ issuer }: TokenIssuer, said: string): string | undefined => {
  if (!issuer.endsWith('*')) return said === issuer ? '' : undefined;
  const rest = said.startsWith(issuer.slice(0, -1)) ? said.slice(issuer.length - 1) : '';
  return TENANT.test(rest) ? rest : undefined;
};

/**
 * Verifies people's tokens: a JWT for the audience `vigie` with subject and expiry, signed by a key of its issuer. A
 * customer's tenant follows from the issuer, never from a claim. Partners' tokens open nothing here.
 */
export const tokenVerifier = (issuers: TokenIssuer[], now: () => number): Verifier => {
  const known = issuers.map((one) => ({ ...one, find: createLocalJWKSet(one.jwks) }));
  const verified = async (token: string): Promise<Caller | undefined> => {
    const said = decodeJwt(token).iss ?? '';
    for (const one of known) {
      const tenant = tenantOf(one, said);
      if (tenant === undefined || one.side === 'PARTNER') continue;
      const {
        payload: { sub, exp },
      } = await jwtVerify(token, one.find, {
        algorithms: ALGORITHMS,
        issuer: said,
        audience: 'vigie',
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now()),
        clockTolerance: 5,
      });
      if (!sub || sub.length > 200 || exp === undefined) return undefined;
      return { subject: sub, side: one.side, expiresAt: exp * 1_000, ...(one.side === 'CUSTOMER' ? { tenant } : {}) };
    }
    return undefined;
  };
  return async (authorization, side) => {
    const [, token] = /^Bearer ([A-Za-z0-9._-]+)$/i.exec(authorization ?? '') ?? [];
    if (!token || token.length > TOKEN_BYTES) return undefined;
    const caller = await verified(token).catch(() => undefined);
    return side === undefined || caller?.side === side ? caller : undefined;
  };
};
