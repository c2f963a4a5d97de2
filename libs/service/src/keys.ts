import { createHash } from 'node:crypto';
import { CompactSign, compactVerify, importJWK, type CryptoKey, type JWK } from 'jose';
import { Fault, Unreadable } from '#libs/model';
import type { ParsedRecord } from '#libs/events';
import { HOUR_MS, DAY_MS } from '#libs/terms';
import { signsOf, type Authority } from './authority.js';
import { claimText, readClaim, type RequestClaim } from './claim.js';
import type { BaseConfig } from './config.js';
import { authority as fromPages } from './generated/authority.js';

/** What a signature is held against: the record's bytes, what was read of its headers, and the time (epoch ms). */
export interface PresentedRequest extends Pick<ParsedRecord, 'envelope' | 'request'> {
  value: Buffer;
  now: number;
}

/**
 * Signs and checks requests. A signature is a compact JWS (Ed25519), in the header `ce_actor` of the record:
 * - protected header, these three and no other: `{ "alg": "EdDSA", "kid": <service>, "typ": "vigie-request+jws" }`;
 * - payload, JSON, in this order: `type`, `tenant`, `sub`, `side` (SYSTEM, PROVIDER, CUSTOMER), `roles` (array), `rid`
 *   (request id), `exp` (epoch ms), `based` (stream version; left out if none), `sha256` (base64url, of the record's
 *   value: framed Avro bytes).
 *
 * It is valid for the record whose `ce_type`, `ce_tenant`, `ce_id`, `ce_expiresat`, `ce_basedon`, `ce_source` and value
 * say the same, signed by a trusted key whose service page names the type: as itself (side SYSTEM, the service's name,
 * role SERVICE), or for people.
 */
export interface Keys {
  /** @throws Fault when the own page does not let this be signed. */
  sign(claim: RequestClaim): Promise<string>;
  /** @throws Unreadable UNSIGNED or FORGED, for a dead letter. */
  verify(presented: PresentedRequest): Promise<RequestClaim>;
}

const ALG = 'EdDSA';
const TYP = 'vigie-request+jws';
const LONGEST_JWS = 65_536;
/** How far ahead a request may end: services' wait as long as their topic keeps them, people's for a moment. */
const LONGEST_MS = { SYSTEM: 31 * DAY_MS, PROVIDER: HOUR_MS, CUSTOMER: HOUR_MS };

const forged = (sentence: string): Unreadable => new Unreadable('FORGED', sentence);

export const sha256Of = (value: Buffer): string => createHash('sha256').update(value).digest('base64url');

const headerOf = (kid: string) => ({ alg: ALG, kid, typ: TYP });

/** Why this service may not sign this, if so. */
const trespass = (
  { type, actor: { subject, side }, roles }: RequestClaim,
  signer: string,
  authority: Authority,
): string | undefined => {
  const { itself, people } = signsOf(authority, signer);
  if (side !== 'SYSTEM') {
    if (!people.includes(type)) return `${signer} does not put ${type} for people: its page does not say so`;
    return roles.includes('SERVICE') ? 'people are no services' : undefined;
  }
  if (subject !== signer) return `${signer} may not sign for ${subject}`;
  if (!itself.includes(type)) return `${signer} does not ask ${type}: its page does not say so`;
  return roles.length === 1 && roles[0] === 'SERVICE' ? undefined : 'a service has the role SERVICE and no other';
};

/** Why the claim is not about this record, if so. */
const mismatch = (
  claim: RequestClaim,
  signer: string,
  { envelope, request = {}, value, now }: PresentedRequest,
): string | undefined => {
  const same: [string, unknown, unknown][] = [
    ['type', claim.type, envelope.type],
    ['tenant', claim.tenant, envelope.tenant],
    ['request', claim.requestId, envelope.id],
    ['end', claim.expiresAt, request.expiresAt],
    ['version to be based on', claim.basedOn, request.basedOn],
    ['source', signer, envelope.source],
    ['value', claim.sha256, sha256Of(value)],
  ];
  const other = same.find(([, signed, shown]) => signed !== shown);
  if (other) return `the actor was signed for another ${other[0]}`;
  return claim.expiresAt - now > LONGEST_MS[claim.actor.side] ? 'the request ends too far ahead' : undefined;
};

export const openKeys = async (
  config: Pick<BaseConfig, 'SERVICE_SIGNING_KEY' | 'TRUSTED_KEYS'>,
  authority: Authority = fromPages,
): Promise<Keys> => {
  const own = (await importJWK(config.SERVICE_SIGNING_KEY as JWK, ALG)) as CryptoKey;
  const kid = config.SERVICE_SIGNING_KEY.kid;
  const trusted = new Map<string, CryptoKey>();
  for (const key of config.TRUSTED_KEYS.keys) trusted.set(key.kid, (await importJWK(key as JWK, ALG)) as CryptoKey);
  const opened = async (jws: string) => {
    const { payload, protectedHeader } = await compactVerify(
      jws,
      (header) => {
        const key = trusted.get(String(header.kid));
        if (!key) throw forged(`no trusted key ${String(header.kid).slice(0, 64)}`);
        return key;
      },
      { algorithms: [ALG] },
    ).catch((error: unknown) => {
      throw error instanceof Unreadable ? error : forged('the signature of the actor is not valid');
    });
    const signer = String(protectedHeader.kid);
    // As text: what else stands in a header may change what the signature means.
    const written = Buffer.from(jws.split('.', 1)[0] ?? '', 'base64url').toString('utf8');
    if (written !== JSON.stringify(headerOf(signer))) throw forged('the signature is not one of a request');
    return { payload, signer };
  };
  return {
    sign: async (claim) => {
      const no = trespass(claim, kid, authority);
      if (no) throw new Fault(no);
      return new CompactSign(Buffer.from(claimText(claim), 'utf8')).setProtectedHeader(headerOf(kid)).sign(own);
    },
    verify: async (presented) => {
      const jws = presented.request?.actor;
      if (!jws) throw new Unreadable('UNSIGNED', 'the request names no signed actor');
      if (jws.length > LONGEST_JWS) throw forged('the signature is too long to be one');
      const { payload, signer } = await opened(jws);
      const claim = readClaim(payload);
      const no = trespass(claim, signer, authority) ?? mismatch(claim, signer, presented);
      if (no) throw forged(no);
      return claim;
    },
  };
};
