import { Unreadable, type Actor } from '#libs/model';

/** What the signature of a request says. Nothing of a request that stands outside of it is believed. */
export interface RequestClaim {
  type: string;
  tenant: string;
  actor: Actor;
  /**
   * Roles held for the tenant; `OPERATOR_ADMIN@<tenant>` where the request concerns no single one. A service: SERVICE
   * alone.
   */
  roles: string[];
  requestId: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  /** Version the stream must have. */
  basedOn?: number;
  /** SHA-256 of the record's value, the framed Avro bytes: base64url. */
  sha256: string;
}

const SIDES: readonly unknown[] = ['SYSTEM', 'PROVIDER', 'CUSTOMER'];
const ROLE = /^[A-Z_]{1,32}(@[A-Za-z0-9._*-]{1,63})?$/;
const MOST_ROLES = 1_100;
const LONGEST_SUBJECT = 1_024;

const forged = (sentence: string): Unreadable => new Unreadable('FORGED', sentence);

/** The payload: JSON with these names in this order. One claim has one text. */
export const claimText = ({
  type,
  tenant,
  actor,
  roles,
  requestId,
  expiresAt,
  basedOn,
  sha256,
}: RequestClaim): string =>
  JSON.stringify({
    type,
    tenant,
    sub: actor.subject,
    side: actor.side,
    roles,
    rid: requestId,
    exp: expiresAt,
    based: basedOn,
    sha256,
  });

const isText = (value: unknown, most = 256): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= most;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const areRoles = (value: unknown): value is string[] =>
  Array.isArray(value) &&
  value.length <= MOST_ROLES &&
  value.every((role) => typeof role === 'string' && ROLE.test(role));

const parsed = (text: string): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw forged('the signed claim is no JSON object');
};

/**
 * Reads a payload. Only the text that claimText() writes is taken: a name twice, one more or less, another order or
 * spelling says to one reader what it does not say to another.
 * @throws Unreadable FORGED.
 */
export const readClaim = (payload: Uint8Array): RequestClaim => {
  const { type, tenant, sub, side, roles, rid, exp, based, sha256 } = parsed(Buffer.from(payload).toString('utf8'));
  if (!isText(type) || !isText(tenant) || !isText(rid) || !isText(sub, LONGEST_SUBJECT) || !isText(sha256))
    throw forged('the signed claim lacks a text');
  if (!SIDES.includes(side)) throw forged('the actor was signed with a side there is not');
  if (!areRoles(roles)) throw forged('the actor was signed without roles, or with what are none');
  if (!isCount(exp)) throw forged('the actor was signed without an end');
  if (based !== undefined && !isCount(based)) throw forged('what the request is based on is no version');
  const claim: RequestClaim = {
    type,
    tenant,
    actor: { subject: sub, side: side as Actor['side'] },
    roles,
    requestId: rid,
    expiresAt: exp,
    ...(based === undefined ? {} : { basedOn: based }),
    sha256,
  };
  if (!Buffer.from(claimText(claim), 'utf8').equals(payload))
    throw forged('the signed claim is not written as claims are');
  return claim;
};
