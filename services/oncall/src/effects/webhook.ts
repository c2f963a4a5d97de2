import { createHmac } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { EgressRefused, NotSent, SecretMissing, type Http, type KeptSecret } from '#libs/outbound';
import { isUrl } from '#libs/terms';
import { PATIENCE_MS, type SendResult } from './sending.js';

/** A message to a webhook that the installation keeps under a name for the tenant. */
export interface HookMessage {
  tenant: string;
  ref: string;
  /** The same for each attempt: a receiver that knows it has the message already. */
  id: string;
  body: object;
}

export type SendHook = (message: HookMessage) => Promise<SendResult>;

export interface HookPorts {
  /** @throws SecretMissing */
  keep(tenant: string, ref: string): KeptSecret;
  /** A way out that leads to these origins and nowhere else. */
  connect(origins: readonly string[]): Http;
  /** Epoch milliseconds. */
  now(): number;
  patienceMs?: number;
}

/** What is kept: the address, which is a secret with Slack and Teams, and the key that signs where one is agreed. */
const secretShape = z.object({ url: z.string().min(1), key: z.string().min(16).optional() });
type HookSecret = z.infer<typeof secretShape>;

/** May be otherwise in a minute. */
const LATER = [408, 425, 429];

const secretIn = ({ secret }: KeptSecret): HookSecret | undefined => {
  try {
    return secretShape.safeParse(JSON.parse(secret)).data;
  } catch {
    return undefined;
  }
};

/**
 * As Standard Webhooks has it: HMAC-SHA256 over id, time in seconds and body, joined by dots. Who checks it also looks
 * at the time, so that a message that was overheard is not taken again later.
 */
export const signatureOf = (key: string, id: string, seconds: number, body: string): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;

/**
 * Of an answer its status alone is kept, in the standard's words: the other side may repeat any part of the address or
 * of the key, in any spelling, and facts are read by more people than keep a secret.
 */
const answered = (status: number): SendResult => {
  const said = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  if (status >= 200 && status < 300) return { outcome: 'ACCEPTED', said };
  if (status >= 300 && status < 400)
    return { outcome: 'UNREACHABLE', said: `${status}: redirected elsewhere, which is not followed` };
  return { outcome: status < 500 && !LATER.includes(status) ? 'REFUSED' : 'UNREACHABLE', said };
};

/** The name that the system has for what happened, such as ECONNREFUSED; never a sentence, which may name the address. */
const codeOf = (error: unknown): string => {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,59}$/.test(code) ? ` (${code})` : '';
};

const FORBIDDEN =
  'the address that is kept may not be called: it is not https, not of an origin of its secret, or private and not in EGRESS_ALLOW';

const broken = (error: unknown, limit: AbortSignal, patienceMs: number): SendResult => {
  if (error instanceof NotSent && error.cause instanceof EgressRefused)
    return { outcome: 'NO_SENDER', said: FORBIDDEN };
  // Nothing left: our network, our resolver or a door that is shut say nothing of who would have read it.
  if (error instanceof NotSent) return { outcome: 'NOT_MADE', said: `no connection${codeOf(error.cause)}` };
  if (limit.aborted) return { outcome: 'UNREACHABLE', said: `no answer within ${patienceMs} ms` };
  return { outcome: 'UNREACHABLE', said: `no answer: the connection failed${codeOf(error)}` };
};

const headersOf = (id: string, key: string | undefined, seconds: number, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'vigie',
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  ...(key ? { 'webhook-signature': signatureOf(key, id, seconds, body) } : {}),
});

/**
 * Sends to a tenant's webhook through the egress guard. Never throws: the status of the answer, or the kind of
 * failure, is the result; nothing of what the other side wrote is.
 */
export const openHooks =
  ({ keep, connect, now, patienceMs = PATIENCE_MS }: HookPorts): SendHook =>
  async ({ tenant, ref, id, body: content }) => {
    let kept: KeptSecret;
    try {
      kept = keep(tenant, ref);
    } catch (error) {
      return {
        outcome: 'NO_SENDER',
        said: error instanceof SecretMissing ? error.message : `the secret ${ref} cannot be read`,
      };
    }
    const secret = secretIn(kept);
    if (!secret || !isUrl(secret.url))
      return { outcome: 'NO_SENDER', said: `the secret ${ref} is not {"url": "https://…", "key": "…"}` };
    const body = JSON.stringify(content);
    const headers = headersOf(id, secret.key, Math.floor(now() / 1_000), body);
    const limit = AbortSignal.timeout(patienceMs);
    try {
      const http = connect(kept.origins);
      const { status } = await http({ method: 'POST', url: new URL(secret.url), headers, body, signal: limit });
      return answered(status);
    } catch (error) {
      return broken(error, limit, patienceMs);
    }
  };
