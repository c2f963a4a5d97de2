import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { EgressRefused, NotSent, type Http, type KeptSecret } from '#libs/outbound';
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

const SAID = 200;
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

/** Other side's words without what is ours alone: some answer with the address they were called at. */
const spoken = (text: string, { url, key }: HookSecret): string => {
  const { pathname, search } = new URL(url);
  const secrets = [url, `${pathname}${search}`, pathname, key ?? ''].filter((one) => one.length > 1);
  return secrets
    .reduce((said, one) => said.replaceAll(one, '…'), text)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, SAID);
};

const answered = (status: number, words: string): SendResult => {
  const said = `${status} ${words}`.trim();
  if (status >= 200 && status < 300) return { outcome: 'ACCEPTED', said };
  if (status >= 300 && status < 400)
    return { outcome: 'UNREACHABLE', said: `${status}: redirected elsewhere, which is not followed` };
  return { outcome: status < 500 && !LATER.includes(status) ? 'REFUSED' : 'UNREACHABLE', said };
};

const broken = (error: unknown, limit: AbortSignal, patienceMs: number): SendResult => {
  if (limit.aborted) return { outcome: 'UNREACHABLE', said: `no answer within ${patienceMs} ms` };
  const forbidden = error instanceof NotSent && error.cause instanceof EgressRefused;
  const said = error instanceof Error ? error.message : String(error);
  return { outcome: forbidden ? 'NO_SENDER' : 'UNREACHABLE', said };
};

const headersOf = (id: string, key: string | undefined, seconds: number, body: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'vigie',
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  ...(key ? { 'webhook-signature': signatureOf(key, id, seconds, body) } : {}),
});

/**
 * Sends to a tenant's webhook through the egress guard. Never throws: what the other side or the network said is the
 * result, without any secret in it.
 */
export const openHooks =
  ({ keep, connect, now, patienceMs = PATIENCE_MS }: HookPorts): SendHook =>
  async ({ tenant, ref, id, body: content }) => {
    let kept: KeptSecret;
    try {
      kept = keep(tenant, ref);
    } catch (error) {
      return { outcome: 'NO_SENDER', said: error instanceof Error ? error.message : String(error) };
    }
    const secret = secretIn(kept);
    if (!secret || !URL.canParse(secret.url))
      return { outcome: 'NO_SENDER', said: `the secret ${ref} is not {"url": "https://…", "key": "…"}` };
    const body = JSON.stringify(content);
    const headers = headersOf(id, secret.key, Math.floor(now() / 1_000), body);
    const limit = AbortSignal.timeout(patienceMs);
    try {
      const http = connect(kept.origins);
      const { status, text } = await http({ method: 'POST', url: new URL(secret.url), headers, body, signal: limit });
      return answered(status, spoken(text, secret));
    } catch (error) {
      const { outcome, said } = broken(error, limit, patienceMs);
      return { outcome, said: spoken(said, secret) };
    }
  };
