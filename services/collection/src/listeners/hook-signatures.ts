/** Whether a webhook was sent by who knows its key: over the bytes as they came, compared in constant time. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { MINUTE_MS } from '#libs/terms';
import type { Hook } from './hook-secrets.js';

/** Older, or newer, than this is not taken: what somebody overheard is worth nothing later. */
export const TOLERANCE_MS = 5 * MINUTE_MS;
/** Signatures of one request that are looked at. */
const MOST_SIGNATURES = 8;

/** Of a signed request: what names it for as long as its time is good; absent where no time is signed. */
export interface SignedRequest {
  replayKey?: string;
}

const textOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const said = headers[name];
  return Array.isArray(said) ? said[0] : said;
};

const isSame = (a: Buffer | string, b: Buffer | string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());

const isTimely = (said: string | undefined, nowMs: number): boolean => {
  if (said === undefined || !/^\d{9,13}$/.test(said)) return false;
  const at = Number(said) * (said.length > 10 ? 1 : 1_000);
  return Math.abs(nowMs - at) <= TOLERANCE_MS;
};

const hmac = (key: Buffer | string, ...parts: (string | Buffer)[]): Buffer => {
  const made = createHmac('sha256', key);
  for (const part of parts) made.update(part);
  return made.digest();
};

/** Standard Webhooks: `whsec_` and base64, or any other text as it is. */
const standardKey = (key: string): Buffer =>
  key.startsWith('whsec_') ? Buffer.from(key.slice(6), 'base64') : Buffer.from(key);

const standard = (
  key: string,
  headers: IncomingHttpHeaders,
  body: Buffer,
  nowMs: number,
): SignedRequest | undefined => {
  const [id, at, said] = ['id', 'timestamp', 'signature'].map(
    (name) => textOf(headers, `webhook-${name}`) ?? textOf(headers, `svix-${name}`),
  );
  if (id === undefined || id === '' || said === undefined || !isTimely(at, nowMs)) return undefined;
  const wanted = `v1,${hmac(standardKey(key), `${id}.${at}.`, body).toString('base64')}`;
  const signatures = said.split(' ').slice(0, MOST_SIGNATURES);
  return signatures.some((one) => isSame(one, wanted)) ? { replayKey: id } : undefined;
};

const generic = (
  hook: Extract<Hook, { scheme: 'hmac' }>,
  headers: IncomingHttpHeaders,
  body: Buffer,
  nowMs: number,
): SignedRequest | undefined => {
  const { key, header, encoding, prefix, timestampHeader } = hook;
  const at = timestampHeader === undefined ? undefined : textOf(headers, timestampHeader);
  if (timestampHeader !== undefined && !isTimely(at, nowMs)) return undefined;
  const made = hmac(key, ...(at === undefined ? [body] : [`${at}.`, body])).toString(encoding);
  const said = textOf(headers, header) ?? '';
  const isHex = encoding === 'hex';
  if (!isSame(isHex ? said.toLowerCase() : said, isHex ? `${prefix}${made}`.toLowerCase() : `${prefix}${made}`))
    return undefined;
  return at === undefined ? {} : { replayKey: made };
};

/** @returns undefined for a request that nobody who knows the key has signed, or not lately. @param nowMs epoch ms */
export const signedBy = (
  hook: Hook,
  headers: IncomingHttpHeaders,
  body: Buffer,
  nowMs: number,
): SignedRequest | undefined => {
  switch (hook.scheme) {
    case 'okta':
      return isSame(textOf(headers, hook.header) ?? '', hook.key) ? {} : undefined;
    case 'github': {
      const wanted = `sha256=${hmac(hook.key, body).toString('hex')}`;
      return isSame(textOf(headers, 'x-hub-signature-256') ?? '', wanted) ? {} : undefined;
    }
    case 'standard':
      return standard(hook.key, headers, body, nowMs);
    case 'hmac':
      return generic(hook, headers, body, nowMs);
  }
};
