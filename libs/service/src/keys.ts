import { CompactSign, compactVerify, importJWK, type CryptoKey, type JWK } from 'jose';
import { Unreadable, type Actor } from '#libs/model';
import type { BaseConfig } from './config.js';

/** What a signed actor says: who asks, for which tenant, which request, until when. */
export interface SignedActor {
  actor: Actor;
  roles: string[];
  tenant: string;
  requestId: string;
  /** Epoch milliseconds. */
  expiresAt: number;
}

/** Signs and checks the actors of requests (compact JWS, Ed25519). Key ids are service names. */
export interface Keys {
  sign(claim: SignedActor): Promise<string>;
  /** @throws Unreadable UNSIGNED or FORGED, for a dead letter. */
  verify(jws: string | undefined, expected: { tenant: string; requestId: string }): Promise<SignedActor>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const SIGNS_FOR_PEOPLE = 'gateway';

const readClaim = (bytes: Uint8Array): SignedActor => {
  const { sub, side, roles, tenant, rid, exp } = JSON.parse(decoder.decode(bytes)) as Record<string, unknown>;
  return {
    actor: { subject: String(sub), side: side as Actor['side'] },
    roles: Array.isArray(roles) ? roles.map(String) : [],
    tenant: String(tenant),
    requestId: String(rid),
    expiresAt: Number(exp),
  };
};

const checkClaim = (claim: SignedActor, signer: string, expected: { tenant: string; requestId: string }): void => {
  const own = claim.actor.side === 'SYSTEM' && claim.actor.subject === signer;
  if (!own && signer !== SIGNS_FOR_PEOPLE) throw new Unreadable('FORGED', `${signer} may not sign for ${claim.actor.subject}`);
  if (!Number.isFinite(claim.expiresAt)) throw new Unreadable('FORGED', 'the actor was signed without an end');
  if (claim.tenant !== expected.tenant) throw new Unreadable('FORGED', 'the actor was signed for another tenant');
  if (claim.requestId !== expected.requestId) throw new Unreadable('FORGED', 'the actor was signed for another request');
};

export const openKeys = async (config: Pick<BaseConfig, 'SERVICE_SIGNING_KEY' | 'TRUSTED_KEYS'>): Promise<Keys> => {
  const own = (await importJWK(config.SERVICE_SIGNING_KEY as JWK, 'EdDSA')) as CryptoKey;
  const kid = config.SERVICE_SIGNING_KEY.kid;
  const trusted = new Map<string, CryptoKey>();
  for (const key of config.TRUSTED_KEYS.keys) trusted.set(key.kid, (await importJWK(key as JWK, 'EdDSA')) as CryptoKey);
  return {
    sign: ({ actor, roles, tenant, requestId, expiresAt }) =>
      new CompactSign(encoder.encode(JSON.stringify({ sub: actor.subject, side: actor.side, roles, tenant, rid: requestId, exp: expiresAt })))
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .sign(own),
    verify: async (jws, expected) => {
      if (!jws) throw new Unreadable('UNSIGNED', 'the request names no signed actor');
      const opened = await compactVerify(jws, (header) => {
        const key = trusted.get(String(header.kid));
        if (!key) throw new Unreadable('FORGED', `no trusted key ${String(header.kid)}`);
        return key;
      }, { algorithms: ['EdDSA'] }).catch((error: unknown) => {
        throw error instanceof Unreadable ? error : new Unreadable('FORGED', 'the signature of the actor is not valid');
      });
      const claim = readClaim(opened.payload);
      checkClaim(claim, String(opened.protectedHeader.kid), expected);
      return claim;
    },
  };
};
