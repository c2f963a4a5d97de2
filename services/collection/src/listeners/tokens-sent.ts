import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from './refusal.js';

const PLAIN = /^(?:Bearer|Splunk) +([\w.~+/=-]{1,8192})$/i;
const ENCODED = /^(?:Basic|ApiKey) +([\w+/=-]{1,16384})$/i;
const KEY = /^ApiKey +([\w-]+\.[\w-]+\.[\w-]{1,8192})$/i;
const NAMED = /^[^:]*:([\w.~+/=-]{1,8192})$/;

/** The token in what the header Authorization says. @throws Refusal 401 without one, or with a scheme that carries none. */
export const tokenIn = (authorization: string | undefined): string => {
  const said = authorization?.trim() ?? '';
  if (said === '') throw new Refusal(401, 'NO_TOKEN', 'Send the header Authorization: Bearer <token>.');
  const [, plain] = PLAIN.exec(said) ?? KEY.exec(said) ?? [];
  if (plain !== undefined) return plain;
  const [, encoded] = ENCODED.exec(said) ?? [];
  // The token is the password, or the key; what the user or the id is called says nothing.
  const [, secret] = NAMED.exec(Buffer.from(encoded ?? '', 'base64').toString('latin1')) ?? [];
  if (secret !== undefined) return secret;
  throw new Refusal(
    401,
    'BAD_AUTHORIZATION',
    'Authorization is Bearer <token>, Splunk <token>, ApiKey <token>, or Basic with the token as password.',
  );
};

/** What a request says who sends it. Firehose has no header but its own for its access key. */
export const authorizationOf = (headers: IncomingHttpHeaders): string | undefined => {
  const key = headers['x-amz-firehose-access-key'];
  return headers.authorization ?? (typeof key === 'string' ? `Bearer ${key}` : undefined);
};
